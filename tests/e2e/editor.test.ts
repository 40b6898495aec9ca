import { writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";
import { attune, folder } from "./attune.ts";
import { LanguageServer } from "./language-server.ts";

const cwd = folder();
const HEAD = "# yaml-language-server: $schema=study.schema.json\n";
const GOOD = `${HEAD}minimize: val_loss
trials: 60
timeout: 1h30m
sampler: {name: grid, points: {lr: 7}}
space:
  lr: 1e-5..1e-1 log
  layers: {type: int, low: 1, high: 6}
  optimizer: [adam, sgd]
  model:
    oneOf:
      mlp: {units: 16..512 log}
      none: {}
where: [lr * layers <= 0.1]
command: [python, train.py, "\${args}"]
`;

let server: LanguageServer;
beforeAll(async () => {
  const schema = await attune(cwd, ["schema"]);
  writeFileSync(path.join(cwd, "study.schema.json"), schema.out);
  server = await LanguageServer.start();
});
afterAll(async () => await server?.stop());

let files = 0;

/** Opens a text in the server's folder: where it is, and what is marked. */
async function open(text: string) {
  const uri = pathToFileURL(path.join(cwd, `study-${files++}.yaml`)).href;
  return { uri, diagnostics: await server.open(uri, text) };
}

it("a good study file has nothing marked", async () => {
  expect((await open(GOOD)).diagnostics).toEqual([]);
});

it.each([
  ["minimise: loss\n", 1, /minimise/],
  ["minimize: loss\nworkers: many\n", 2, /pattern|integer/],
  ["minimize: loss\nsampler: bayes\n", 2, /tpe/],
  ["space:\n  lr: {type: int, low: 1}\n", 2, /high/],
  ["space:\n  a: 1..3\n  b: {type: flaot, low: 0, high: 1}\n", 3, /float/],
  ["space:\n  seed: 1..3\n", 2, /seed|not/i],
])("%j is marked where it is wrong", async (text, line, message) => {
  const { diagnostics } = await open(HEAD + text);
  expect(diagnostics.map((found) => found.range.start.line)).toContain(line);
  expect(diagnostics.map((found) => found.message).join("\n")).toMatch(message);
});

it.each([
  ["mi¦", ["minimize"]],
  ["minimize: loss\nsampler: ¦", ["tpe", "grid", "gp"]],
  ["minimize: loss\nsampler:\n  name: ¦", ["random"]],
  ["space:\n  lr:\n    type: int\n    lo¦", ["low", "log"]],
  ["space:\n  lr:\n    low: 1\n    high: 5\n    type: ¦", ["float", "int"]],
  ["space:\n  lr:\n    type: float\n    low: 0.5\n    high: 0.9\n    scale: ¦", ["logit", "reverse-log"]],
])("%j is completed", async (marked, wanted) => {
  const text = HEAD + marked;
  const before = text.slice(0, text.indexOf("¦")).split("\n");
  const { uri } = await open(`${text.replace("¦", "")}\n`);
  const offered = await server.complete(uri, before.length - 1, before.at(-1)!.length);
  expect(offered).toEqual(expect.arrayContaining(wanted));
});

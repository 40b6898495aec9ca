import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, it } from "vitest";
import { createStudy, float, int } from "../../src/index.ts";

const root = path.resolve(import.meta.dirname, "../..");
const readme = readFileSync(path.join(root, "README.md"), "utf8");
const folder = mkdtempSync(path.join(tmpdir(), "attune-readme-"));
const attune = [process.execPath, path.join(root, "src", "cli", "main.ts")];

/** A machine may have no program of that name; nothing runs it here. */
const programs = path.join(folder, "bin");
mkdirSync(programs);
writeFileSync(path.join(programs, "python"), "#!/bin/sh\n", { mode: 0o755 });

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The first fenced block of that language in which the text stands. */
function block(language: string, text: string): string {
  const blocks = Array.from(readme.matchAll(/^```(\w*)\n([\s\S]*?)^```/gm));
  return blocks.find(([, found, body]) => found === language && body!.includes(text))![2]!;
}

function shell(script: string): string {
  const call = `attune() { ${attune.map((word) => `'${word}'`).join(" ")} "$@"; }\n${script}`;
  const env = { ...process.env, PATH: `${programs}${path.delimiter}${process.env.PATH}` };
  return execFileSync("sh", ["-c", call], { cwd: folder, env, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
}

const drawn = /python train\.py --lr [\d.e-]+ --layers [1-6] --optimizer (adam|sgd)/g;

it("the command line is understood as it stands", () => {
  const command = block("", "attune run --minimize").split("\nattune show")[0]!;
  expect(shell(command.replace("attune run", "attune run --dry-run")).match(drawn)).toHaveLength(3);
});

it("the study file is understood as it stands", () => {
  writeFileSync(path.join(folder, "study.yaml"), block("yaml", "study: digits"));
  expect(shell("attune run study.yaml --dry-run").match(drawn)).toHaveLength(3);
});

it("the TypeScript runs as it stands", async () => {
  const code = block("ts", "createStudy").replace(/^import.*$/m, "");
  const body = code.replace('storage: "attune.db"', 'storage: ":memory:"').replace("trials: 100", "trials: 20");
  const AsyncFunction = Object.getPrototypeOf(async () => undefined).constructor;
  const train = ({ lr, layers }: { lr: number; layers: number }) => lr + layers;
  const names = ["createStudy", "float", "int", "train"];
  const result = await new AsyncFunction(...names, `${body}\nreturn result;`)(createStudy, float, int, train);
  expect(result.trialsSpent).toBe(20);
  expect(result.best.values.loss).toBeGreaterThan(1);
});

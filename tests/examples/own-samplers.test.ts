import { execFileSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, it } from "vitest";
import { codeBlocks } from "../architecture/code-blocks.ts";
import { readFile, root } from "../architecture/source-files.ts";
import { attune } from "../e2e/attune.ts";

const PAGE = readFile("docs/guide/samplers-of-your-own.md");
const venv = path.join(root, ".cache", "examples-venv", "bin");
const environment = { PATH: [venv, process.env.PATH].join(path.delimiter) };

const TRAIN = `const read = (name) => Number(process.argv[process.argv.indexOf(name) + 1]);
console.log("loss=" + ((Math.log10(read("--lr")) + 3) ** 2 + (read("--units") - 20) ** 2 / 100));`;

it("the sampler in Python finds the middle of a bowl", async (context) => {
  const cwd = mkdtempSync(path.join(tmpdir(), "attune-cmaes-"));
  const { code } = codeBlocks(PAGE, "python")[0]!;
  writeFileSync(path.join(cwd, "sampler.py"), code);
  writeFileSync(path.join(cwd, "train.mjs"), TRAIN);
  try {
    execFileSync("python", ["-c", "import cmaes"], { env: { ...process.env, ...environment }, stdio: "ignore" });
  } catch (cause) {
    const missing = "no Python with cmaes, which .ci/run installs; see examples/README.md";
    if (process.env.CI) throw new Error(missing, { cause });
    context.skip(missing);
  }
  const program = ["node", "train.mjs", "--lr", "{lr: 1e-5..1e-1 log}", "--units", "{units: 1..64}"];
  const sampler = "{name: program, command: [python, sampler.py]}";
  const words = ["run", "--study", "bowl", "--minimize", "loss", "--trials", "60", "--workers", "3", "--seed", "1"];
  const run = await attune(cwd, [...words, "--sampler", sampler, "--", ...program], environment);
  expect(run).toMatchObject({ code: 0 });
  const lines = (await attune(cwd, ["trials", "bowl", "--json"])).out.trim().split("\n");
  const trials = lines.map((line) => JSON.parse(line) as { readonly values: { readonly loss: number } });
  const best = Math.min(...trials.map(({ values }) => values.loss));
  const early = Math.min(...trials.slice(0, 6).map(({ values }) => values.loss));
  expect(trials).toHaveLength(60);
  expect(best).toBeLessThan(Math.min(early, 0.1));
  const replayed = await attune(cwd, ["replay", "bowl"]);
  expect(replayed).toMatchObject({ code: 0 });
  expect(replayed.out).toContain("60 suggestions of a program that is the sampler: opaque");
  expect((await attune(cwd, ["why", "bowl", "3"])).out).toContain("it alone knows why");

  const categories = ["run", "--study", "kinds", "--minimize", "loss", "--trials", "3", "--sampler", sampler];
  const refused = await attune(cwd, [...categories, "--", "node", "train.mjs", "--lr", "{kind: a | b}"], environment);
  expect(refused).toMatchObject({ code: 1 });
  expect(refused.err).toContain("CMA-ES takes numbers only, and kind is categorical");
}, 300_000);

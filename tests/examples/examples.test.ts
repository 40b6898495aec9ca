import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, it, type TestContext } from "vitest";
import { codeBlocks } from "../architecture/code-blocks.ts";
import { readFile, root } from "../architecture/source-files.ts";
import { COMPILE_CACHE } from "../support/compile-cache.ts";

interface Example {
  readonly name: string;
  /** What runs it, and what that must be able to import. */
  readonly needs: string;
  readonly modules?: readonly string[];
  /** The program alone, with the settings it has of its own. */
  readonly alone: string;
  /** The metric in what that prints. */
  readonly prints: RegExp;
  /** Enough to find something better than the program's own settings, with seed 1. */
  readonly trials: number;
  /** Whether trials are paused, and the run says at its end what that saved. */
  readonly pauses?: boolean;
}

const EXAMPLES: readonly Example[] = [
  { name: "iris", needs: "node", alone: "node train.mjs", prints: /val_loss=(\S+)/, trials: 25 },
  {
    name: "scikit-learn",
    needs: "python",
    modules: ["sklearn"],
    alone: "python train.py",
    prints: /accuracy: (\S+)/,
    trials: 6,
  },
  {
    name: "pytorch",
    needs: "python",
    modules: ["torch"],
    alone: "python train.py",
    prints: /epoch 100\/100.* val_loss: (\S+)/,
    trials: 16,
    pauses: true,
  },
  {
    name: "partial-fit",
    needs: "python",
    modules: ["sklearn"],
    alone: "python train.py",
    prints: /pass 81\/81 val_loss=(\S+)/,
    trials: 12,
    pauses: true,
  },
  {
    name: "lightgbm",
    needs: "python",
    modules: ["lightgbm", "sklearn", "tomllib"],
    alone: "python train.py",
    prints: /\[100\]\tvalid rmse: (\S+)/,
    trials: 6,
  },
  { name: "shell", needs: "awk", alone: "./forecast.sh", prints: /mean error: (\S+)/, trials: 10 },
  { name: "c", needs: "cc", alone: "./tsp", prints: /tour length: (\S+)/, trials: 10 },
  { name: "prompt", needs: "node", alone: "node evaluate.mjs", prints: /accuracy: (\S+)/, trials: 10 },
];

/** Imports alone take PyTorch seconds. */
const TIMEOUT = { timeout: 600_000 };

const base = mkdtempSync(path.join(tmpdir(), "attune-shown-"));
symlinkSync(path.join(root, "node_modules"), path.join(base, "node_modules"));
afterAll(() => rmSync(base, { recursive: true, force: true }));

/** `.ci/run` makes this environment from `examples/requirements.txt`. */
const venv = path.join(root, ".cache", "examples-venv", "bin");
const environment = {
  ...process.env,
  PATH: [path.dirname(process.execPath), venv, process.env.PATH].join(path.delimiter),
  ATTUNE_STORAGE: "attune.db",
  NODE_COMPILE_CACHE: COMPILE_CACHE,
};

function shell(cwd: string, script: string): string {
  const main = path.join(root, "src", "cli", "main.ts");
  const text = `set -e\nattune() { '${process.execPath}' '${main}' "$@"; }\n${script}`;
  return execFileSync("sh", ["-c", text], {
    cwd,
    env: environment,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
  });
}

function requireTools({ needs, modules = [] }: Example, context: TestContext): void {
  try {
    shell(base, `command -v ${needs}${modules.length === 0 ? "" : ` && python -c 'import ${modules.join(", ")}'`}`);
  } catch (error) {
    const missing = `not all here of ${[needs, ...modules].join(", ")}, which .ci/run installs; see examples/README.md`;
    if (process.env.CI) throw new Error(missing, { cause: error });
    context.skip(missing);
  }
}

/**
 * The command of the example's page, with fewer trials; one worker, a seed and draws that do not depend on how samplers are made,
 * so that it always goes the same way.
 */
function documented(name: string, trials: number): string {
  const blocks = codeBlocks(readFile(`examples/${name}/README.md`), "");
  const command = blocks.find(({ code }) => code.includes("attune run"))!.code;
  const lines = command.replaceAll("\\\n", " ").trim().split("\n");
  expect(lines[0]).toBe(`cd examples/${name}`);
  return lines
    .slice(1)
    .map((line) => line.replace(/^attune run/, `attune run --seed 1`))
    .map((line) => line.replace(/ --(trials|workers) \d+/g, ""))
    .map((line) => line.replace(/^attune run/, `attune run --trials ${trials} --workers 1 --sampler random`))
    .join("\n");
}

it("every folder of examples is run here and has its page", () => {
  const folders = readdirSync(path.join(root, "examples"), { withFileTypes: true }).filter((each) =>
    each.isDirectory(),
  );
  expect(folders.map(({ name }) => name).sort()).toEqual(EXAMPLES.map(({ name }) => name).sort());
  const contents = readFile("examples/README.md").text;
  for (const { name } of EXAMPLES) {
    expect(existsSync(path.join(root, "examples", name, "README.md"))).toBe(true);
    expect(contents).toContain(`(${name}/README.md)`);
  }
});

it.for(EXAMPLES)("the command of examples/$name beats the program's own settings", TIMEOUT, (example, context) => {
  requireTools(example, context);
  const { name, alone, prints, trials } = example;
  const cwd = path.join(base, name);
  cpSync(path.join(root, "examples", name), cwd, { recursive: true });
  shell(cwd, `{\n${documented(name, trials)}\n} 2>said.txt`);
  const own = Number(prints.exec(shell(cwd, alone))![1]);

  const study = JSON.parse(shell(cwd, "attune studies --json").trim().split("\n")[0]!) as StudyRecord;
  const kept = shell(cwd, `attune trials ${study.name} --json`)
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as { readonly state: string; readonly values: Readonly<Record<string, number>> });
  expect(kept).toHaveLength(trials);
  expect(kept.map(({ state }) => state)).not.toContain("failed");
  const best = JSON.parse(shell(cwd, `attune best ${study.name} --json`)) as BestRecord;
  const [metric, value] = Object.entries(best.values)[0]!;
  const sign = study.metrics[0]!.direction === "maximize" ? -1 : 1;
  expect(kept[0]!.values[metric]).toBeCloseTo(own, 3);
  expect(sign * value).toBeLessThan(sign * own);
  const heldOut = codeBlocks(readFile(`examples/${name}/README.md`), "").find(({ code }) => code.includes("--holdout"));
  if (heldOut !== undefined) expect(shell(cwd, heldOut.code)).toContain("On held-out data the winner is");
  if (example.pauses !== true) return;
  expect(kept.map(({ state }) => state)).toContain("paused");
  const said = readFileSync(path.join(cwd, "said.txt"), "utf8");
  const [, cost] = new RegExp(`They cost ([\\d.]+) full runs\\. Run in full they would have cost ${trials}\\.`).exec(
    said,
  )!;
  expect(Number(cost)).toBeLessThan(0.7 * trials);
});

interface StudyRecord {
  readonly name: string;
  readonly metrics: readonly { readonly direction: "minimize" | "maximize" }[];
}

interface BestRecord {
  readonly values: Readonly<Record<string, number>>;
}

import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { COMPILE_CACHE } from "../support/compile-cache.ts";

const MAIN = fileURLToPath(new URL("../../src/cli/main.ts", import.meta.url));

/** How a process ended and what it wrote. */
export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly out: string;
  readonly err: string;
}

/** A running `attune`: wait for a text, send signals, wait for its end. */
export interface Running {
  readonly child: ChildProcess;
  /** Resolves once standard error or output holds the text; rejects when the process ends without it. */
  readonly wrote: (text: string) => Promise<void>;
  readonly ended: Promise<Ended>;
}

/** A fresh folder with the given files. */
export function folder(files: Readonly<Record<string, string>> = {}): string {
  const path = mkdtempSync(join(tmpdir(), "attune-e2e-"));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(path, name), text);
  return path;
}

/** Starts `attune` with these words in a folder. */
export function start(cwd: string, words: readonly string[], env: Readonly<Record<string, string>> = {}): Running {
  const { NODE_OPTIONS: _, ATTUNE_STORAGE: __, ...clean } = process.env;
  const child = spawn(process.execPath, [MAIN, ...words], {
    cwd,
    env: { ...clean, NODE_COMPILE_CACHE: COMPILE_CACHE, ...env },
  });
  let [out, err] = ["", ""];
  const waiting = new Set<() => void>();
  const heard = (): void => {
    for (const check of waiting) check();
  };
  child.stdout.on("data", (chunk) => {
    out += chunk;
    heard();
  });
  child.stderr.on("data", (chunk) => {
    err += chunk;
    heard();
  });
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code, signal) => resolve({ code, signal, out, err }));
  });
  const wrote = (text: string): Promise<void> =>
    new Promise((resolve, reject) => {
      const check = (): void => {
        if (!out.includes(text) && !err.includes(text)) return;
        waiting.delete(check);
        resolve();
      };
      waiting.add(check);
      void ended.then(() => reject(new Error(`ended without writing ${JSON.stringify(text)}:\n${out}\n${err}`)));
      check();
    });
  return { child, wrote, ended };
}

/** Runs `attune` to its end. */
export async function attune(
  cwd: string,
  words: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Ended> {
  return await start(cwd, words, env).ended;
}

/** The trials of a study as `trials --json` prints them. */
export async function trials(cwd: string, study: string): Promise<readonly Record<string, unknown>[]> {
  const { out } = await attune(cwd, ["trials", study, "--json"]);
  return out
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

/** A training program: reads `--lr` and `--layers`, prints a loss that is least at lr 0.01, layers 3. */
export const TRAIN = `
const words = process.argv.slice(2);
const value = (name) => words[words.indexOf("--" + name) + 1];
const loss = (Math.log10(Number(value("lr"))) + 2) ** 2 + (Number(value("layers") ?? 3) - 3) ** 2;
console.log("epoch 1 of 1");
console.log("loss=" + loss);
`;

/** The words behind `run` that tune TRAIN, kept in `train.mjs`. */
export const TRAIN_COMMAND = [
  "--",
  process.execPath,
  "train.mjs",
  "--lr",
  "{lr: 1e-4..1.0 log}",
  "--layers",
  "{layers: 1..6}",
] as const;

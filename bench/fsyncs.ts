/** How often each contender of the ask+tell benchmark makes the disk write, by strace: `node bench/fsyncs.ts`. */
import { readFile } from "node:fs/promises";
import path from "node:path";
import { report } from "./support/report.ts";
import { runOrThrow } from "./support/run-process.ts";
import { inScratchFolder } from "./support/scratch-folder.ts";

const TRIALS = 200;
const here = import.meta.dirname;
const optuna = [path.join(here, ".venv", "bin", "python"), path.join(here, "peers", "ask_tell_optuna.py")];
const cases = {
  "Attune, SQLite": [process.execPath, path.join(here, "cases", "ask-tell-attune.ts")],
  "Optuna, SQLite": [...optuna, "sqlite"],
  "Optuna, journal file": [...optuna, "journal"],
};

await inScratchFolder(async (folder) => {
  const figures = [];
  for (const [name, words] of Object.entries(cases)) {
    const few = await count(folder, words, 0);
    const many = await count(folder, words, TRIALS);
    figures.push({ name, value: (many - few) / TRIALS, unit: "fsync+fdatasync a trial" });
  }
  report("fsyncs", folder, figures);
});

async function count(folder: string, words: readonly string[], trials: number): Promise<number> {
  const trace = path.join(folder, `trace-${process.hrtime.bigint()}`);
  const strace = ["strace", "-f", "-qq", "-e", "trace=fsync,fdatasync", "-o", trace];
  await runOrThrow([...strace, ...words, `${trace}.study`, String(trials)]);
  return (await readFile(trace, "utf8")).split("\n").filter((line) => /f(data)?sync\(/.test(line)).length;
}

/**
 * In-process ask+tell with random search on a file, beside Optuna on its SQLite and journal storages, all durable against a
 * power cut: `node bench/ask-tell.ts [rounds]` (first `bench/setup-peers.sh`).
 */
import path from "node:path";
import { report } from "./support/report.ts";
import { runOrThrow } from "./support/run-process.ts";
import { inScratchFolder } from "./support/scratch-folder.ts";
import { median, medianInterval } from "./support/statistics.ts";

const ROUNDS = Number(process.argv[2] ?? 5);
const here = import.meta.dirname;
const python = path.join(here, ".venv", "bin", "python");
const optuna = [python, path.join(here, "peers", "ask_tell_optuna.py")];

/** Optuna on SQLite takes about 30 ms a trial; its cost per trial does not fall with fewer of them. */
const cases = {
  attune: { words: [process.execPath, path.join(here, "cases", "ask-tell-attune.ts")], trials: 10_000 },
  journal: { words: [...optuna, "journal"], trials: 10_000 },
  sqlite: { words: [...optuna, "sqlite"], trials: 1_000 },
} as const;
type Case = keyof typeof cases;
const names = Object.keys(cases) as Case[];

await inScratchFolder(async (folder) => {
  const rates: Record<Case, number[]> = { attune: [], journal: [], sqlite: [] };
  let version = "";
  for (let round = 0; round < ROUNDS; round += 1) {
    // Every other round runs backwards, so that a machine that slows down favours nobody.
    for (const name of round % 2 === 0 ? names : names.toReversed()) {
      const { words, trials } = cases[name];
      const { stdout } = await runOrThrow([...words, path.join(folder, `${name}${round}`), String(trials)]);
      const result = JSON.parse(stdout) as { seconds: number; version?: string };
      version = result.version ?? version;
      rates[name].push(trials / result.seconds);
    }
    const last = names.map((name) => `${name} ${Math.round(rates[name].at(-1)!)}/s`);
    process.stdout.write(`round ${round + 1}/${ROUNDS}: ${last.join(", ")}\n`);
  }
  const ratio = (name: Case) => {
    const { middle, low, high } = medianInterval(rates.attune.map((rate, round) => rate / rates[name][round]!));
    return { value: middle, low, high, unit: "x", note: `median of ${ROUNDS} paired rounds, whole range` };
  };
  const rate = (name: Case) => ({
    value: median(rates[name]),
    unit: "ask+tell/s",
    note: `${cases[name].trials} trials`,
  });
  report("ask-tell", folder, [
    { name: "Attune, SQLite", ...rate("attune") },
    { name: `Optuna ${version}, SQLite`, ...rate("sqlite") },
    { name: `Optuna ${version}, journal file`, ...rate("journal") },
    { name: "ratio to Optuna's SQLite", ...ratio("sqlite"), wanted: { least: 10 } },
    { name: "ratio to Optuna's journal", ...ratio("journal"), wanted: { least: 1 } },
  ]);
});

/** What tuning costs a command beside a bare pool that starts the same commands: `node bench/command-overhead.ts [pairs]`. */
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { openStudy } from "../src/index.ts";
import { attuneCommand } from "./support/attune-command.ts";
import { report } from "./support/report.ts";
import { runOrThrow } from "./support/run-process.ts";
import { inScratchFolder } from "./support/scratch-folder.ts";
import { median, medianInterval } from "./support/statistics.ts";

const PAIRS = Number(process.argv[2] ?? 9);
const TRIALS = 300;
const WORKERS = 4;
const COMMAND = ["echo", "loss=1"];
const STUDY = `study: overhead
minimize: loss
sampler: random
trials: ${TRIALS}
workers: ${WORKERS}
space:
  x: 0.0..1.0
command: [${COMMAND.join(", ")}]
`;

await inScratchFolder(async (folder) => {
  const file = path.join(folder, "study.yaml");
  await writeFile(file, STUDY);
  const times = { attune: [] as number[], reading: [] as number[], ignoring: [] as number[] };
  // The first round only warms caches.
  for (let round = -1; round < PAIRS; round += 1) {
    const measured = {
      attune: await tune(folder, file, `round${round}.db`),
      reading: await pool("read"),
      ignoring: await pool("ignore"),
    };
    if (round < 0) continue;
    for (const kind of ["attune", "reading", "ignoring"] as const) times[kind].push(measured[kind]);
    process.stdout.write(`round ${round + 1}/${PAIRS}: ${Object.values(measured).map(Math.round).join(" / ")} ms\n`);
  }
  const ratio = medianInterval(times.attune.map((ms, round) => ms / times.reading[round]!));
  const harder = medianInterval(times.attune.map((ms, round) => ms / times.ignoring[round]!));
  const note = `median of ${PAIRS} paired rounds, ${Math.round(ratio.coverage * 1000) / 10} % interval`;
  report("command-overhead", folder, [
    {
      name: `attune run, ${TRIALS} x ${COMMAND.join(" ")}, ${WORKERS} workers`,
      value: median(times.attune),
      unit: "ms",
    },
    { name: "bare pool, output read", value: median(times.reading), unit: "ms" },
    { name: "bare pool, output to /dev/null", value: median(times.ignoring), unit: "ms" },
    { name: "ratio to the pool that reads", ...figure(ratio), wanted: { most: 1.5 }, note },
    { name: "ratio to the pool that ignores", ...figure(harder), note },
  ]);
});

function figure({ middle, low, high }: { middle: number; low: number; high: number }) {
  return { value: middle, low, high, unit: "x" };
}

async function tune(folder: string, file: string, name: string): Promise<number> {
  const storage = path.join(folder, name);
  const { ms } = await runOrThrow([...attuneCommand(), "run", file, "--storage", storage, "--quiet"], { cwd: folder });
  const study = await openStudy({ name: "overhead", storage });
  const { trialsSpent } = study;
  await study.close();
  if (trialsSpent !== TRIALS) throw new Error(`${storage} counts ${trialsSpent} trials, not ${TRIALS}.`);
  return ms;
}

async function pool(output: "read" | "ignore"): Promise<number> {
  const script = path.join(import.meta.dirname, "cases", "bare-pool.ts");
  const words = [process.execPath, script, output, String(TRIALS), String(WORKERS), ...COMMAND];
  return (await runOrThrow(words)).ms;
}

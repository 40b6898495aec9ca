/** Eight command lines tune one study on one file, 2,000 trials in all: `node bench/contention.ts [trials] [processes]`. */
import path from "node:path";
import { attuneCommand } from "./support/attune-command.ts";
import { report } from "./support/report.ts";
import { runOrThrow, runProcess } from "./support/run-process.ts";
import { inScratchFolder } from "./support/scratch-folder.ts";

const TRIALS = Number(process.argv[2] ?? 2000);
const PROCESSES = Number(process.argv[3] ?? 8);
const BUSY = /database is locked|SQLITE_BUSY|storage-busy|\bbusy\b/i;

await inScratchFolder(async (folder) => {
  const storage = path.join(folder, "attune.db");
  const place = ["--study", "shared", "--storage", storage];
  const words = [
    ...attuneCommand(),
    "run",
    ...place,
    "--minimize",
    "loss",
    "--sampler",
    "random",
    "--trials",
    String(TRIALS),
  ];
  const program = ["sh", "-c", "echo loss=$1", "trial", "{x: 0.0..1.0}"];
  const begin = performance.now();
  const runs = await Promise.all(
    Array.from({ length: PROCESSES }, () => runProcess([...words, "--", ...program], { cwd: folder })),
  );
  const seconds = (performance.now() - begin) / 1000;
  for (const run of runs)
    if (run.code !== 0) process.stdout.write(`ended with ${run.code}: ${run.stderr.slice(-500)}\n`);

  const { stdout } = await runOrThrow([...attuneCommand(), "trials", ...place, "--json"]);
  const trials = stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as { number: number; state: string });
  const numbers = trials.map((trial) => trial.number).sort((a, b) => a - b);
  const gaps = numbers.filter((number, place) => number !== place).length;
  const shares = await sharesByProcess(storage);
  const least = shares.length === PROCESSES ? Math.min(...shares) : 0;
  report("contention", folder, [
    {
      name: `processes of ${PROCESSES} that ended well`,
      value: runs.filter((run) => run.code === 0).length,
      unit: "",
      ...exactly(PROCESSES),
    },
    {
      name: "trials complete",
      value: trials.filter((trial) => trial.state === "complete").length,
      unit: "",
      ...exactly(TRIALS),
    },
    { name: "trials in all", value: trials.length, unit: "", ...exactly(TRIALS) },
    { name: "numbers out of place", value: gaps, unit: "", ...exactly(0) },
    {
      name: "outputs that speak of a lock",
      value: runs.filter(({ stdout, stderr }) => BUSY.test(stdout + stderr)).length,
      unit: "",
      ...exactly(0),
    },
    { name: "trials a second", value: TRIALS / seconds, unit: "/s" },
    { name: "least share of a process", value: least, unit: "trials", note: `shares: ${shares.join(", ")}` },
  ]);
});

function exactly(value: number) {
  return { wanted: { least: value, most: value } };
}

/** Trials started by each process, most first. */
async function sharesByProcess(storage: string): Promise<readonly number[]> {
  const { openStudy } = await import("../src/index.ts");
  const study = await openStudy({ name: "shared", storage });
  const shares = new Map<number, number>();
  for (const trial of study.trials()) {
    const owner = trial.segments.at(-1)?.attempts.at(-1)?.owner;
    const pid = owner?.kind === "leased" ? (owner.process?.pid ?? 0) : 0;
    shares.set(pid, (shares.get(pid) ?? 0) + 1);
  }
  await study.close();
  return [...shares.values()].sort((a, b) => b - a);
}

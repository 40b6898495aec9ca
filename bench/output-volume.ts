/**
 * What much output costs the tuner: `node bench/output-volume.ts [megabytes] [seconds]`. One program that prints 1 GB beside one
 * that prints 1 MB with as many metric lines; eight programs that print 10,000 metric lines a second each.
 */
import path from "node:path";
import { openStudy } from "../src/index.ts";
import { attuneCommand } from "./support/attune-command.ts";
import { report } from "./support/report.ts";
import { runWithMemory } from "./support/run-with-memory.ts";
import { inScratchFolder } from "./support/scratch-folder.ts";

const MEGABYTES = Number(process.argv[2] ?? 1000);
const SECONDS = Number(process.argv[3] ?? 5);
const LINE_BYTES = 100;
const REPORTS = 1_000;
const PROGRAMS = 8;
const RATE = 10_000;
const PROGRAM = path.join(import.meta.dirname, "cases", "print-lines.ts");

await inScratchFolder(async (folder) => {
  const small = await tune(folder, "small", 1, [REPORTS * 10, 10, 0]);
  const lines = (MEGABYTES * 1e6) / LINE_BYTES;
  const large = await tune(folder, "large", 1, [lines, lines / REPORTS, 0]);
  const crowd = await tune(folder, "crowd", PROGRAMS, [RATE * SECONDS, 1, RATE]);
  report("output-volume", folder, [
    {
      name: `${MEGABYTES} MB printed: memory above 1 MB printed`,
      value: large.peakMb - small.peakMb,
      unit: "MB",
      wanted: { most: 50 },
    },
    { name: "its metric lines lost", value: REPORTS - large.reports, unit: "lines", wanted: { most: 0 } },
    { name: "its time", value: large.seconds, unit: "s" },
    {
      name: `${PROGRAMS} programs x ${RATE} lines/s x ${SECONDS} s: metric lines lost`,
      value: PROGRAMS * RATE * SECONDS - crowd.reports,
      unit: "lines",
      wanted: { most: 0 },
    },
    { name: "their time", value: crowd.seconds, unit: "s" },
    { name: "peak memory of the tuner meanwhile", value: crowd.peakMb, unit: "MB" },
  ]);
});

/** Runs as many trials as workers, each printing so, and counts the reports that are right. */
async function tune(
  folder: string,
  name: string,
  workers: number,
  [lines, every, rate]: readonly [number, number, number],
) {
  const options = [
    "--study",
    name,
    "--storage",
    `${name}.db`,
    "--minimize",
    "val_loss",
    "--sampler",
    "random",
    "--seed",
    "1",
  ];
  const budget = ["--trials", String(workers), "--workers", String(workers)];
  const program = [process.execPath, PROGRAM, String(lines), String(every), String(rate), "{x: 1..9}"];
  const words = [...attuneCommand(), "run", ...options, ...budget, "--quiet", "--", ...program];
  const { code, stderr, seconds, peakMb } = await runWithMemory(words, folder);
  if (code !== 0) throw new Error(`attune ended with code ${code}: ${stderr}`);
  const study = await openStudy({ name, storage: path.join(folder, `${name}.db`) });
  const right = study
    .trials()
    .flatMap(({ reports }) => reports)
    .filter(({ step, values }) => values.val_loss === 1 / step && step % every === 0);
  await study.close();
  return { seconds, peakMb, reports: right.length };
}

/** Time to the end of short commands beside an empty Node process: `node bench/start-up.ts [rounds]`. */
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { writeStudy } from "./cases/write-study.ts";
import { attuneCommand } from "./support/attune-command.ts";
import { report } from "./support/report.ts";
import { runOrThrow } from "./support/run-process.ts";
import { inScratchFolder } from "./support/scratch-folder.ts";
import { median, medianInterval } from "./support/statistics.ts";

const ROUNDS = Number(process.argv[2] ?? 21);
const TRIALS = 10_000;

await inScratchFolder(async (folder) => {
  const storage = path.join(folder, "attune.db");
  await writeStudy(storage, "big", TRIALS);
  const empty = path.join(folder, "empty.cjs");
  await writeFile(empty, "");
  const cases = {
    empty: [process.execPath, empty],
    help: [...attuneCommand(), "--help"],
    show: [...attuneCommand(), "show", "big", "--storage", storage],
  };
  const times: Record<keyof typeof cases, number[]> = { empty: [], help: [], show: [] };
  // The first two rounds fill the compile cache and the page cache.
  for (let round = -2; round < ROUNDS; round += 1) {
    for (const name of ["empty", "help", "show"] as const) {
      const { ms } = await runOrThrow(cases[name], { cwd: folder });
      if (round >= 0) times[name].push(ms);
    }
  }
  const ratio = (name: "help" | "show") => {
    const { middle, low, high } = medianInterval(times[name].map((ms, round) => ms / times.empty[round]!));
    return { value: middle, low, high, unit: "x" };
  };
  report("start-up", folder, [
    { name: "empty Node process", value: median(times.empty), unit: "ms", note: `median of ${ROUNDS}` },
    { name: "attune --help", value: median(times.help), unit: "ms" },
    { name: `attune show, ${TRIALS} trials`, value: median(times.show), unit: "ms" },
    { name: "ratio --help to empty", ...ratio("help"), wanted: { most: 3 } },
    { name: "ratio show to empty", ...ratio("show"), wanted: { most: 10 } },
  ]);
});

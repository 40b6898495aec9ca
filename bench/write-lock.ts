/** How long a process's event loop stands still while another holds the write lock of its file: `node bench/write-lock.ts [seconds]`. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { benchStudy } from "./cases/bench-study.ts";
import { report } from "./support/report.ts";
import { inScratchFolder } from "./support/scratch-folder.ts";
import { watchEventLoop } from "./support/watch-event-loop.ts";

const SECONDS = Number(process.argv[2] ?? 5);

await inScratchFolder(async (folder) => {
  const file = path.join(folder, "attune.db");
  const study = await benchStudy(file);
  for (let n = 0; n < 200; n += 1) await study.tell(await study.ask(), n);

  const free = await watchEventLoop(async () => later(SECONDS * 1000));
  const holder = spawn(
    process.execPath,
    [path.join(import.meta.dirname, "cases", "hold-write-lock.ts"), file, String(SECONDS * 1000)],
    {
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
  await once(holder.stdout, "data");
  let waited = 0;
  const held = await watchEventLoop(async () => {
    const begin = performance.now();
    // Four workers stand at the lock, each with an ask and then a tell.
    await Promise.all(Array.from({ length: 4 }, async () => study.tell(await study.ask(), 1)));
    waited = performance.now() - begin;
  });
  await study.close();
  report("write-lock", folder, [
    { name: "asks waited for the lock", value: waited, unit: "ms", wanted: { least: SECONDS * 900 } },
    { name: "longest block, lock held: timer", value: held.timer, unit: "ms", wanted: { most: 50 } },
    { name: "longest block, lock held: perf_hooks", value: held.monitor, unit: "ms", wanted: { most: 50 } },
    {
      name: "longest block, nothing to do: timer",
      value: free.timer,
      unit: "ms",
      note: "what the machine does by itself",
    },
    { name: "longest block, nothing to do: perf_hooks", value: free.monitor, unit: "ms" },
  ]);
});

function later(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

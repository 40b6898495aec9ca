import { CommandExecutor } from "./command-executor.ts";

/** A small tuner to be killed: `node tuner.testing.ts WORKERS JOBS COMMAND...`; prints `reported` for each report. */
const [workers = "1", jobs = "1", ...argv] = process.argv.slice(2);
const executor = new CommandExecutor({ command: { argv }, parameters: [] });
let next = 0;

async function work(): Promise<void> {
  while (next < Number(jobs)) {
    const job = {
      study: "tuner",
      trial: next++,
      segment: 0,
      attempt: 0,
      params: {},
      seed: 1,
      until: null,
      resumeFrom: null,
      metrics: ["loss"],
    };
    const never = new AbortController().signal;
    await executor.run(
      job,
      { report: () => process.stdout.write("reported\n"), room: () => null, ask: () => null },
      { stop: never, kill: never },
    );
  }
}

await Promise.all(Array.from({ length: Number(workers) }, work));
await executor.close();
process.stdout.write("done\n");

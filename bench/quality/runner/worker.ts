// A process of the pool: gets jobs one at a time, answers each with its record or with what went wrong.
import type { Job, JobAnswer } from "./job.ts";
import { runJob } from "./run-job.ts";

const end = () => process.exit();

// The pool is done, or was killed; an answer may come in between.
process.once("disconnect", end);
process.on("message", async (job: Job) => {
  process.send!(await answer(job), (error: Error | null) => {
    if (error !== null) end();
  });
});

async function answer(job: Job): Promise<JobAnswer> {
  try {
    return { record: JSON.parse(JSON.stringify(await runJob(job))) };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}

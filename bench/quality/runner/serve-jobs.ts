import type { JobAnswer } from "./job.ts";

/** Makes this process one of a pool: it gets jobs one at a time, and answers each with its record or with what went wrong. */
export function serveJobs<J>(run: (job: J) => Promise<object>): void {
  const end = () => process.exit();
  // The pool is done, or was killed; an answer may come in between.
  process.once("disconnect", end);
  process.on("message", async (job: J) => {
    process.send!(await answer(run, job), (error: Error | null) => {
      if (error !== null) end();
    });
  });
}

async function answer<J>(run: (job: J) => Promise<object>, job: J): Promise<JobAnswer> {
  try {
    return { record: JSON.parse(JSON.stringify(await run(job))) };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}

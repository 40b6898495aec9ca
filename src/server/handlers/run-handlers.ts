import { HostedRun } from "../runs/hosted-run.ts";
import { readParameter } from "./given-space.ts";
import type { Handlers } from "./index.ts";
import { requireSamplerAllowed } from "./require-commands.ts";

type RunHandlers = Pick<
  Handlers,
  "startRun" | "runEvents" | "reportJob" | "holdJob" | "defineJob" | "endJob" | "endRun"
>;

/** A caller over a network that asks for nothing in this time is gone, and its run ends. */
const SILENT_MS = 180_000;

/** Operations of whoever has a study run by functions of its own. */
export const runHandlers: RunHandlers = {
  startRun: async ({ study: name, ...options }, { studies, runs, caller }) => {
    const patienceMs = caller.own ? null : SILENT_MS;
    const begun = Promise.withResolvers<string>();
    const over = Promise.withResolvers<void>();
    const executed = studies.use(name, async (study) => {
      requireSamplerAllowed(study, caller);
      const run = new HostedRun({ options, here: caller.own, patienceMs });
      begun.resolve(runs.add(run, over.promise));
      await run.execute(study);
    });
    executed.then(over.resolve, (error: unknown) => {
      begun.reject(error);
      over.resolve();
    });
    return { run: await begun.promise };
  },
  runEvents: async ({ run, after, wait }, { runs, waiting }) => await runs.get(run).events(after, wait * 1000, waiting),
  reportJob: async ({ run, job, reports, wait }, { runs, turns }) =>
    await turns.after(`${run}/${job}`, async () => ({ wanted: await runs.get(run).job(job).report(reports, wait) })),
  holdJob: async ({ run, job, bytes }, { runs }) => {
    runs.get(run).job(job).hold(bytes);
    return {};
  },
  defineJob: async ({ run, job, name, domain }, { runs }) => ({
    value: runs.get(run).job(job).asks(readParameter(name, domain)),
  }),
  endJob: async (input, { runs, turns }) =>
    await turns.after(`${input.run}/${input.job}`, async () => {
      await runs.get(input.run).endJob(input);
      return {};
    }),
  endRun: async ({ run, now }, { runs }) => {
    runs.get(run).end(now);
    return {};
  },
};

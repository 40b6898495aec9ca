import { z } from "zod";
import { operation } from "./operation.ts";
import { count, moment, studyName, trialNumber } from "./values-schema.ts";

/** Operations about how a study goes on. */
export const progressOperations = {
  progress: operation({
    summary:
      "How a study goes on: what runs, what was lost with its process, how fast it is, how far its run is to go.",
    role: "reader",
    http: { method: "GET", path: "/studies/{study}/progress" },
    input: z.strictObject({ study: studyName }),
    output: z.object({
      revision: count,
      now: moment.meta({ description: "The server's time." }),
      running: count.meta({ description: "Trials that run, lost ones not counted." }),
      newest: z
        .array(z.object({ trial: trialNumber, startedAt: moment }))
        .meta({ description: "Some of those, the newest last." }),
      lost: z.array(trialNumber).meta({ description: "Trials whose process is gone: the next run tries them again." }),
      run: z
        .object({
          startedAt: moment,
          alive: z.boolean().nullable().meta({ description: "Null where it cannot be told: on another machine." }),
          trials: count.nullable().meta({ description: "Trials in all that it was given." }),
          seconds: z.number().nullable().meta({ description: "Tuning time in all that it was given." }),
          workers: count.nullable(),
        })
        .nullable()
        .meta({ description: "The newest run; null before there was one." }),
      rate: z
        .number()
        .nullable()
        .meta({ description: "Trials a second over the newest ends; null while too few ended." }),
      secondsLeft: z.number().nullable().meta({
        description:
          "Until the newest run has all of its trials, at most the time it was given; null where that is not known.",
      }),
      stale: z.boolean().meta({ description: "The newest run is gone, and left trials that it ran." }),
      program: z.boolean().meta({ description: "Whether it has a program that a run starts." }),
      location: z.string().meta({ description: "Where the study is kept, as its server was told." }),
    }),
  }),
};

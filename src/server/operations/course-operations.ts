import { z } from "zod";
import { operation } from "./operation.ts";
import { count, metric, studyName, trialNumber } from "./values-schema.ts";

/** Operations about the course that a study took. */
export const courseOperations = {
  course: operation({
    summary: "Each improvement of a study, and what it took until then: trials, time by the clock, time of trials.",
    role: "reader",
    http: { method: "GET", path: "/studies/{study}/course" },
    input: z.strictObject({
      study: studyName,
      metric: z.string().min(1).max(200).optional().meta({ description: "One of the objectives; else the first." }),
    }),
    output: z.object({
      revision: count,
      metric,
      points: z.array(
        z.object({
          trial: trialNumber,
          value: z.number(),
          trials: count.meta({ description: "Trials up to this one." }),
          seconds: z.number().nullable().meta({ description: "From the first trial's start to the end of this one." }),
          cost: z.number().meta({ description: "Seconds that all trials up to this one ran, together." }),
        }),
      ),
      end: z
        .object({ trials: count, seconds: z.number().nullable(), cost: z.number() })
        .meta({ description: "The same of all trials." }),
    }),
  }),
};

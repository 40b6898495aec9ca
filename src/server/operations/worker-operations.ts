import { z } from "zod";
import { operation } from "./operation.ts";
import { earlyEnd, TRIAL_STATES, told } from "./trial-schema.ts";
import { count, nothing, params, studyName, trialNumber, trialToken, values } from "./values-schema.ts";

const owned = { study: studyName, trial: trialNumber, token: trialToken };

/** Longest list of reports that is taken, in bytes. */
const LARGE = 16_777_216;

/** Operations of whoever runs trials itself. */
export const workerOperations = {
  ask: operation({
    summary: "Hands out the next trial to run.",
    role: "operator",
    repeats: "may do more",
    secrets: "shown",
    http: { method: "POST", path: "/studies/{study}/ask" },
    input: z.strictObject({
      study: studyName,
      expires: z.number().positive().max(31_536_000).optional().meta({
        description: "Seconds after which the trial is lost unless it is told or renewed; left out for no end.",
      }),
      trials: z.int().min(1).optional().meta({
        description: "How many trials the study is to have in all, whoever asks; none is handed out beyond that.",
      }),
      wait: z
        .number()
        .min(0)
        .max(3_600)
        .default(30)
        .meta({ description: "Seconds to wait at most where the study's scheduler waits for other trials." }),
    }),
    output: z.object({
      number: trialNumber,
      params: params.meta({ description: "All that the program is given: derived values and fidelity too." }),
      token: trialToken,
      seed: count.meta({ description: "For the program's own randomness, in [0, 2^31)." }),
      until: z.number().nullable().meta({ description: "Step to run up to; null for the program's own end." }),
      resumed: z.boolean().meta({ description: "It was run before, and goes on." }),
    }),
  }),
  tell: operation({
    summary: "Says how a trial that was asked for ended.",
    role: "operator",
    http: { method: "POST", path: "/studies/{study}/trials/{trial}/tell" },
    input: z.strictObject({ ...owned, ...told }),
    output: z.object({
      state: z.enum(TRIAL_STATES).meta({ description: "What became of it; paused: it may be handed out again." }),
      message: z.string().nullable(),
    }),
  }),
  report: operation({
    summary: "Writes what a trial measured so far, in steps.",
    role: "operator",
    http: { method: "POST", path: "/studies/{study}/trials/{trial}/report" },
    mostBytes: LARGE,
    input: z.strictObject({
      ...owned,
      first: count.optional().meta({
        description: "How many reports of the trial came before these; those that are known already then count once.",
      }),
      reports: z
        .array(
          z.strictObject({
            step: z.number(),
            values: values.meta({ description: "By metric, of the objectives and what else was measured." }),
          }),
        )
        .min(1)
        .max(100_000),
    }),
    output: z.object({
      next: count.meta({ description: "How many reports the trial has." }),
      stop: earlyEnd.nullable(),
    }),
  }),
  shouldStop: operation({
    summary: "Whether a trial should end early, by the study's scheduler or a person.",
    role: "operator",
    http: { method: "POST", path: "/studies/{study}/trials/{trial}/should-stop" },
    input: z.strictObject(owned),
    output: z.object({ stop: earlyEnd.nullable() }),
  }),
  define: operation({
    summary: "The value of a parameter that a trial asks for while it runs.",
    role: "operator",
    secrets: "shown",
    http: { method: "POST", path: "/studies/{study}/trials/{trial}/define" },
    input: z.strictObject({
      ...owned,
      name: z.string().min(1).max(200),
      domain: z
        .union([z.string().max(100_000), z.record(z.string(), z.unknown())])
        .meta({ description: "As study files write it, or in canonical form.", examples: ["1e-5..1e-1 log"] }),
      value: z.unknown().optional().meta({
        description: "What the caller decided on itself; left out, the study's sampler suggests one.",
      }),
    }),
    output: z.object({ value: z.unknown() }),
  }),
  renew: operation({
    summary: "Keeps trials that were asked for with an end for so many seconds more.",
    role: "operator",
    http: { method: "POST", path: "/studies/{study}/renew" },
    input: z.strictObject({
      study: studyName,
      tokens: z.array(trialToken).min(1).max(1_000),
      seconds: z.number().positive().max(31_536_000),
    }),
    output: nothing,
  }),
};

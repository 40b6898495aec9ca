import { z } from "zod";
import { operation } from "./operation.ts";
import { TRIAL_STATES } from "./trial-schema.ts";
import { count, encodedNumber, nothing, params, studyName, trialNumber, values } from "./values-schema.ts";

/** Longest list of reports that is taken, in bytes. */
const LARGE = 16_777_216;

const runName = z.string().min(1).max(200).meta({ description: "What startRun gave." });
const jobNumber = count.meta({ description: "What the run called the job." });
const ofJob = { run: runName, job: jobNumber };

/** What the caller is to do with a job that it runs; freeze: wait within the report until it is told to wake, stop or kill. */
const wanted = z.enum(["stop", "freeze", "kill"]).nullable().meta({
  description: "What is to become of the job: end, stand still until it is woken, or be ended at once; null: go on.",
});

const END = z.enum([
  "trials",
  "exhausted",
  "timeout",
  "budget",
  "target",
  "patience",
  "stopped",
  "killed",
  "same-failure",
  "refused",
]);

/** One thing that happens in a run, in the order in which it happens. */
export const runEvent = z
  .discriminatedUnion("type", [
    z.object({
      type: z.literal("job").meta({ description: "Run the function with these values, then endJob." }),
      job: jobNumber,
      trial: trialNumber,
      attempt: count,
      params,
      seed: count,
      until: z.number().nullable(),
      fold: count.nullable(),
      watched: z.boolean().meta({ description: "A scheduler judges its reports: wait for the answer of each." }),
    }),
    z.object({ type: z.enum(["stop", "freeze", "kill", "wake"]), job: jobNumber }),
    z.object({
      type: z.enum(["finished", "paused"]),
      trial: trialNumber,
      state: z.enum(TRIAL_STATES),
      values,
      message: z.string().nullable(),
      best: z.boolean(),
    }),
    z.object({ type: z.literal("returned"), trial: trialNumber, outcome: z.string() }),
    z.object({ type: z.literal("awaiting"), trials: z.array(trialNumber) }),
    z.object({ type: z.literal("notice"), text: z.string() }),
    z.object({ type: z.literal("stopping"), reason: END }),
    z.object({
      type: z.literal("resumed"),
      trialsSpent: count,
      waiting: count,
      limit: count.nullable(),
    }),
    z.object({
      type: z.literal("over").meta({ description: "The last one." }),
      reason: END,
      message: z.string().nullable(),
      trialsSpent: count,
      paused: count,
      ran: count,
    }),
    z.object({ type: z.literal("failed"), code: z.string(), message: z.string() }),
  ])
  .meta({ id: "RunEvent" });

/** Operations of whoever has a study run by functions of its own: the server decides, the caller computes. */
export const runOperations = {
  startRun: operation({
    summary: "Begins a run whose trials the caller runs: it takes jobs from runEvents, and ends each.",
    role: "operator",
    repeats: "may do more",
    http: { method: "POST", path: "/studies/{study}/runs" },
    input: z.strictObject({
      study: studyName,
      trials: z.int().min(0).optional().meta({ description: "How many the study is to have in all." }),
      workers: z.int().min(1).max(10_000).default(1).meta({ description: "Jobs at a time." }),
      timeout: z.number().min(0).optional().meta({ description: "Seconds of tuning in all." }),
      budget: z.union([z.string().max(100), z.number()]).optional(),
      target: z.union([z.number(), z.literal("goals")]).optional(),
      patience: z.int().min(1).optional(),
      grace: z.number().min(0).max(2_147_483).default(10).meta({ description: "Seconds that jobs get to end." }),
      keepGoing: z.boolean().default(false),
      unscheduled: z.boolean().default(false),
      freezes: z.boolean().default(false).meta({ description: "Whether jobs can stand still in a report." }),
      freeze: z.enum(["never", "auto", "always"]).default("auto"),
      freezeMemory: z.int().min(0).optional().meta({ description: "Bytes that jobs standing still may hold." }),
    }),
    output: z.object({ run: runName }),
  }),
  runEvents: operation({
    summary:
      "What happened in a run behind an event; waits for one where there is none. What was given as after is forgotten.",
    role: "operator",
    secrets: "shown",
    http: { method: "POST", path: "/runs/{run}/events" },
    input: z.strictObject({
      run: runName,
      after: count.default(0).meta({ description: "How many events are known." }),
      wait: z.number().min(0).max(60).default(0).meta({ description: "Seconds to wait for an event." }),
    }),
    output: z.object({
      events: z.array(runEvent),
      next: count.meta({ description: "What to give as after for those behind." }),
    }),
  }),
  reportJob: operation({
    summary: "Writes what a job measured so far, in steps.",
    role: "operator",
    http: { method: "POST", path: "/runs/{run}/jobs/{job}/report" },
    mostBytes: LARGE,
    input: z.strictObject({
      ...ofJob,
      reports: z
        .array(z.strictObject({ step: z.number(), values }))
        .min(1)
        .max(100_000),
      wait: z.boolean().default(true).meta({ description: "Answer once they are judged." }),
    }),
    output: z.object({ wanted }),
  }),
  holdJob: operation({
    summary: "Says that a job that was asked to freeze stands still.",
    role: "operator",
    http: { method: "POST", path: "/runs/{run}/jobs/{job}/hold" },
    input: z.strictObject({ ...ofJob, bytes: count.default(0).meta({ description: "Memory that it holds." }) }),
    output: nothing,
  }),
  defineJob: operation({
    summary: "The value of a parameter that a job asks for while it runs.",
    role: "operator",
    secrets: "shown",
    http: { method: "POST", path: "/runs/{run}/jobs/{job}/define" },
    input: z.strictObject({
      ...ofJob,
      name: z.string().min(1).max(200),
      domain: z.union([z.string().max(100_000), z.record(z.string(), z.unknown())]),
    }),
    output: z.object({ value: z.unknown() }),
  }),
  endJob: operation({
    summary: "Says how a job ended: with values, by a failure, early, or lost with its process.",
    role: "operator",
    http: { method: "POST", path: "/runs/{run}/jobs/{job}/end" },
    mostBytes: LARGE,
    input: z.strictObject({
      ...ofJob,
      end: z.enum(["value", "failed", "stopped", "lost"]),
      value: encodedNumber.optional().meta({ description: "With value: of the one objective." }),
      values: values.optional().meta({ description: "With value: by metric." }),
      message: z.string().max(10_000).optional().meta({ description: "With failed and lost: why." }),
      log: z.string().max(1_048_576).optional().meta({ description: "What is to be its log." }),
    }),
    output: nothing,
  }),
  endRun: operation({
    summary: "Ends a run: no trial begins any more, and jobs get the grace to end; now: none.",
    role: "operator",
    http: { method: "POST", path: "/runs/{run}/end" },
    input: z.strictObject({ run: runName, now: z.boolean().default(false) }),
    output: nothing,
  }),
};

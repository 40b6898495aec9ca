import { z } from "zod";
import { operation } from "./operation.ts";
import {
  definition,
  FINISHED_STATES,
  report,
  suggestionWhy,
  TRIAL_STATES,
  trialRow,
  wholeTrial,
} from "./trial-schema.ts";
import { count, metric, nothing, params, studyName, trialNumber, values } from "./values-schema.ts";

/** Longest list of trials that is taken, in bytes. */
const LARGE = 67_108_864;

const ofTrial = { study: studyName, trial: trialNumber };
const filter = z.string().max(2_000).meta({
  description: "Only trials for which this expression over their fields is true: lr < 1e-3 and state == 'failed'.",
});
const sort = z.array(z.string().max(200)).max(10).meta({
  description: "Fields in whose order the trials come; -name from large to small. Trials without a value come last.",
});

/** A trial that was made elsewhere. */
const importedTrial = z
  .strictObject({
    params,
    state: z.enum(FINISHED_STATES).default("complete"),
    values: values.default({}),
    reports: z
      .array(report.omit({ seq: true }))
      .max(1_000_000)
      .default([]),
    definitions: z.array(definition).max(10_000).optional(),
    startedAt: z.iso.datetime().nullable().default(null),
    finishedAt: z.iso.datetime().nullable().default(null),
    note: z.string().max(100_000).nullable().default(null),
  })
  .meta({ id: "ImportedTrial" });

/** Operations about trials that are there. */
export const trialOperations = {
  trials: operation({
    summary: "A page of a study's trials, filtered and sorted.",
    role: "reader",
    http: { method: "GET", path: "/studies/{study}/trials" },
    input: z.strictObject({
      study: studyName,
      after: trialNumber.optional().meta({ description: "The last trial of the page before, its next." }),
      limit: z.int().min(1).max(1_000).default(100),
      newestFirst: z.boolean().default(false).meta({ description: "From the newest number down; not with sort." }),
      state: z.array(z.enum(TRIAL_STATES)).max(6).optional(),
      invalid: z.boolean().optional().meta({ description: "Only those marked invalid, or only the others." }),
      filter: filter.optional(),
      sort: sort.optional(),
    }),
    output: z.object({ trials: z.array(trialRow), next: trialNumber.nullable(), revision: count }),
  }),
  trial: operation({
    summary: "A trial with its attempts, decisions and a page of its reports.",
    role: "reader",
    http: { method: "GET", path: "/studies/{study}/trials/{trial}" },
    input: z.strictObject({
      ...ofTrial,
      afterReport: count.optional().meta({ description: "Number of the last report of the page before." }),
      reports: z.int().min(0).max(10_000).default(1_000).meta({ description: "Reports at most." }),
    }),
    output: wholeTrial,
  }),
  why: operation({
    summary: "How a trial came to be suggested, recomputed from what its sampler saw.",
    role: "reader",
    http: { method: "GET", path: "/studies/{study}/trials/{trial}/why" },
    input: z.strictObject(ofTrial),
    output: z.object({
      trial: trialNumber,
      sampler: z.string().nullable().meta({ description: "Null for a trial that no sampler suggested." }),
      why: suggestionWhy.nullable(),
      equal: z.boolean().meta({ description: "Whether the recomputed suggestion is the stored one." }),
      opaque: z.boolean().meta({ description: "The sampler is a program, which alone knows why." }),
      sentences: z.array(z.string()).meta({
        description: "The same in words: why it was suggested, what its scheduler decided, how it came out.",
      }),
    }),
  }),
  log: operation({
    summary: "A stretch of what an attempt printed, as text; without a place its end.",
    role: "reader",
    http: { method: "GET", path: "/studies/{study}/trials/{trial}/log" },
    input: z.strictObject({
      ...ofTrial,
      attempt: count.optional().meta({ description: "Counted over the whole trial; left out for the newest." }),
      from: z
        .string()
        .max(40)
        .regex(/^\d+:\d+$/)
        .optional()
        .meta({ description: "The next of the stretch before; 0:0 is the beginning." }),
      bytes: z.int().min(1).max(1_048_576).default(65_536).meta({ description: "Bytes at most." }),
    }),
    output: z.object({
      attempt: count,
      text: z.string().meta({ description: "As it was printed, control characters and all: show it as text alone." }),
      next: z.string().meta({ description: "What to give as from for what comes behind it." }),
      end: z.boolean().meta({ description: "Whether there is nothing behind it now." }),
      cut: z.boolean().meta({ description: "Whether older output was dropped." }),
      running: z.boolean(),
    }),
  }),
  files: operation({
    summary: "The files that an attempt left in its checkpoint folder.",
    role: "reader",
    http: { method: "GET", path: "/studies/{study}/trials/{trial}/attempts/{attempt}/files" },
    input: z.strictObject({ ...ofTrial, attempt: count.max(1_000_000) }),
    output: z.object({
      files: z.array(z.object({ path: z.string(), bytes: count })),
      more: z.boolean().meta({ description: "Whether there are more than are told." }),
    }),
  }),
  file: operation({
    summary: "A stretch of a file that an attempt left.",
    role: "reader",
    http: { method: "GET", path: "/studies/{study}/trials/{trial}/attempts/{attempt}/file" },
    input: z.strictObject({
      ...ofTrial,
      attempt: count.max(1_000_000),
      path: z.string().min(1).max(1_000).meta({ description: "As files tells it: model.pt." }),
      from: z.int().min(0).default(0),
      bytes: z.int().min(1).max(1_048_576).default(65_536),
    }),
    output: z.object({ data: z.base64(), from: count, size: count }),
  }),
  export: operation({
    summary: "A page of trials with every report, for other programs.",
    role: "reader",
    http: { method: "GET", path: "/studies/{study}/export" },
    input: z.strictObject({
      study: studyName,
      after: trialNumber.optional(),
      limit: z.int().min(1).max(1_000).default(100),
      filter: filter.optional(),
      sort: sort.optional(),
      whole: z.boolean().default(false).meta({
        description: "With what each trial asked for while it ran, and what callers keep with it.",
      }),
    }),
    output: z.object({
      study: z.string(),
      seed: count,
      metrics: z.array(metric),
      limits: z.array(z.string()),
      sampler: z.looseObject({ name: z.string() }),
      space: z.unknown(),
      trials: z.array(
        trialRow.extend({
          replicate: z.object({ index: count, seed: count, fold: count.nullable() }).nullable(),
          reports: z.array(report),
          definitions: z.array(definition).optional().meta({ description: "With whole." }),
          attributes: z
            .record(z.string(), z.string())
            .optional()
            .meta({ description: "With whole: JSON text by key." }),
        }),
      ),
      next: trialNumber.nullable(),
      revision: count,
    }),
  }),
  import: operation({
    summary: "Takes in trials that were made elsewhere: samplers learn from them, no budget counts them.",
    role: "operator",
    repeats: "may do more",
    http: { method: "POST", path: "/studies/{study}/import" },
    mostBytes: LARGE,
    input: z.strictObject({ study: studyName, trials: z.array(importedTrial).max(100_000) }),
    output: z.object({ numbers: z.array(trialNumber) }),
  }),
  enqueue: operation({
    summary: "Has a configuration tried next, completed from defaults.",
    role: "operator",
    repeats: "may do more",
    http: { method: "POST", path: "/studies/{study}/enqueue" },
    input: z.strictObject({ study: studyName, params }),
    output: z.object({ number: trialNumber, params }),
  }),
  invalidate: operation({
    summary: "Hides a trial from samplers, winners and the budget.",
    role: "operator",
    http: { method: "POST", path: "/studies/{study}/trials/{trial}/invalidate" },
    input: z.strictObject({ ...ofTrial, reason: z.string().max(10_000).nullable().default(null) }),
    output: nothing,
  }),
  restore: operation({
    summary: "Lets an invalid trial count again.",
    role: "operator",
    http: { method: "POST", path: "/studies/{study}/trials/{trial}/restore" },
    input: z.strictObject(ofTrial),
    output: nothing,
  }),
  note: operation({
    summary: "Writes a note on a trial; null takes it away.",
    role: "operator",
    http: { method: "PUT", path: "/studies/{study}/trials/{trial}/note" },
    input: z.strictObject({ ...ofTrial, text: z.string().max(100_000).nullable() }),
    output: nothing,
  }),
  stopTrial: operation({
    summary: "Ends a trial early, as by a scheduler: what it reported so far stays.",
    role: "operator",
    http: { method: "POST", path: "/studies/{study}/trials/{trial}/stop" },
    input: z.strictObject({ ...ofTrial, reason: z.string().max(1_000).nullable().default(null) }),
    output: nothing,
  }),
};

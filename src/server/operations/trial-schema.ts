import { z } from "zod";
import { count, encodedNumber, moment, params, trialNumber, values } from "./values-schema.ts";

export const TRIAL_STATES = ["waiting", "running", "paused", "complete", "pruned", "failed"] as const;
export const FINISHED_STATES = ["complete", "pruned", "failed"] as const;

/** A trial as lists tell it. */
export const trialRow = z
  .object({
    number: trialNumber,
    state: z.enum(TRIAL_STATES),
    params,
    derived: params
      .optional()
      .meta({ description: "What the program is given besides; left out where there is nothing." }),
    values,
    outcome: z.string().nullable().meta({ description: "How its newest attempt ended; null before that." }),
    message: z.string().nullable(),
    invalid: z.boolean(),
    origin: z.enum(["sampler", "enqueued", "imported", "user"]),
    attempts: count,
    duration: z.number().nullable().meta({ description: "Seconds its attempts ran; null before the first has ended." }),
    startedAt: moment.nullable(),
    finishedAt: moment.nullable(),
    configuration: trialNumber.meta({ description: "The same for all runs of one configuration." }),
    spaceVersion: count,
    note: z.string().nullable(),
  })
  .meta({ id: "TrialRow" });

/** Values at a step. */
export const report = z.object({ seq: count, step: z.number(), values }).meta({ id: "Report" });

const expectation = z.object({ mean: z.number(), low: z.number(), high: z.number() });

/** One try of a segment of a trial. Whoever has its token can write to it, so that is not told. */
export const attempt = z
  .object({
    index: count.meta({ description: "Counted over the whole trial: that of its log and its files." }),
    segment: count,
    until: z.number().nullable().meta({ description: "Step to run up to; null for the program's own end." }),
    owner: z.enum(["leased", "detached", "foreign"]),
    startedAt: moment,
    endedAt: moment.nullable(),
    outcome: z.string().nullable(),
    message: z.string().nullable(),
    exitCode: z.int().nullable(),
    signal: z.string().nullable(),
    checkpoint: z.boolean().meta({ description: "Whether it left one." }),
    seconds: z.number().nullable(),
    cost: z.number().nullable(),
  })
  .meta({ id: "Attempt" });

/** What a scheduler decided about a trial. */
export const decision = z
  .object({
    action: z.enum(["start", "resume", "pass", "pause", "stop"]),
    reason: z.string(),
    report: count.optional(),
    revision: count,
  })
  .meta({ id: "Decision" });

/** Parameters that the program asked for while it ran. */
export const definition = z
  .object({ name: z.string(), domain: z.unknown(), value: z.unknown() })
  .meta({ id: "Definition" });

/** A trial with all that is known of it. */
export const wholeTrial = trialRow
  .extend({
    replicate: z.object({ index: count, seed: count, fold: count.nullable() }).nullable(),
    definitions: z.array(definition),
    attemptList: z.array(attempt),
    decisions: z.array(decision),
    attributes: z.record(z.string(), z.string()).meta({ description: "JSON text by key." }),
    reportCount: count,
    reports: z.array(report),
    nextReport: count
      .nullable()
      .meta({ description: "What to give as afterReport for the next ones; null when there are none." }),
    revision: count,
  })
  .meta({ id: "Trial" });

/** What a sampler expected. */
export const suggestionWhy = z
  .object({
    version: z.literal(1),
    phase: z.enum(["initial", "model", "random"]),
    member: z.string().nullable(),
    trials: count,
    pending: count,
    predicted: expectation.nullable(),
    objectives: z.record(z.string(), expectation).optional(),
    hypervolume: z.number().optional(),
    preferred: z.record(z.string(), z.number()).optional(),
    limits: z
      .array(z.object({ limit: z.string(), chance: z.number() }))
      .readonly()
      .optional(),
    acquisition: z.number().nullable(),
    incumbent: z.number().nullable(),
  })
  .meta({ id: "SuggestionWhy" });

/** Why a trial should end early. */
export const earlyEnd = z.object({ action: z.enum(["stop", "pause"]), reason: z.string() }).meta({
  id: "EarlyEnd",
  description: "Why the trial should end early; pause: it may be handed out again, to go on.",
});

/** The result of a trial told by hand. */
export const told = {
  value: encodedNumber.optional().meta({ description: "The value of the one objective." }),
  values: values.optional().meta({ description: "Values by metric, one of each objective." }),
  failed: z.literal(true).optional(),
  message: z.string().max(10_000).optional().meta({ description: "With failed: why." }),
  stopped: z.literal(true).optional().meta({ description: "It ended early, as it was told to." }),
};

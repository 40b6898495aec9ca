import { z } from "zod";
import { component, count, encodedNumber, metric, moment, params, trialNumber, values } from "./values-schema.ts";

/** What a list of studies tells of each. */
export const studyRow = z
  .object({
    name: z.string(),
    createdAt: moment,
    revision: count,
    damage: z.string().nullable().meta({ description: "What is wrong with its log; then the rest is empty." }),
    metrics: z.array(metric),
    sampler: z.string().nullable(),
    scheduler: z.string().nullable(),
    trials: count,
    trialsSpent: count.meta({ description: "How many the budget was spent on." }),
    paused: z.boolean().meta({ description: "No new trial begins." }),
  })
  .meta({ id: "StudyRow" });

/** The program of a study, without the secrets that it holds. */
export const command = z
  .looseObject({ argv: z.array(z.string()).optional(), shell: z.string().optional() })
  .meta({ id: "Command", description: "argv runs without a shell; shell is given to one." });

/** A study but for its trials. */
export const study = z
  .object({
    name: z.string(),
    revision: count,
    seed: count,
    metrics: z.array(metric),
    limits: z.array(z.string()),
    sampler: component,
    scheduler: component,
    command: command.nullable(),
    space: z.unknown().meta({ description: "In canonical form: types, bounds, choices, conditions, constraints." }),
    spaceVersion: count,
    trials: count,
    trialsSpent: count,
    measured: z.array(z.string()).meta({ description: "Metrics that trials have values of." }),
    paused: z.boolean(),
  })
  .meta({ id: "Study" });

const rival = z.looseObject({ number: trialNumber, params, values });

/** What a study has found so far. */
export const summary = z
  .object({
    revision: count,
    counts: z.record(z.string(), count).meta({ description: "Trials by state, none that is invalid." }),
    invalid: count,
    worthless: count.meta({ description: "Complete trials without a finite value of each objective." }),
    best: rival
      .extend({
        value: encodedNumber.optional(),
        replicates: count,
        uncertainty: z.number().nullable(),
        interval: z
          .object({ low: z.number(), high: z.number() })
          .nullable()
          .meta({ description: "95 % interval of the mean of its runs; null of one run." }),
        confirmed: z.boolean(),
        expected: z.number(),
      })
      .nullable()
      .meta({ description: "By one objective; null while there is none, and with several objectives." }),
    front: z.array(rival),
    nearest: rival.nullable().meta({ description: "While nothing keeps the limits, what breaks them least." }),
    runnerUp: z.looseObject({ number: trialNumber }).nullable(),
    default: z.looseObject({ number: trialNumber }).nullable(),
    failures: z.array(z.looseObject({})),
    time: z.looseObject({}).nullable(),
    costs: z.looseObject({}).nullable(),
  })
  .meta({ id: "Summary" });

/** Something about a study that a person should look at. */
export const healthFinding = z
  .object({
    kind: z
      .string()
      .meta({ description: "same-value, silent-scheduler, failures, noise, idle-workers, edge, duplicates, plateau." }),
    severity: z.enum(["problem", "warning", "hint"]),
    sentence: z.string(),
    data: z.looseObject({}).meta({ description: "What it was found by; of each kind its own." }),
    remedy: z
      .looseObject({
        says: z.string(),
        does: z.enum(["edit-space", "confirm", "look-at-log", "change-scheduler", "change-workers"]),
        edit: z
          .object({ set: z.record(z.string(), z.string()).optional(), where: z.array(z.string()).optional() })
          .optional()
          .meta({ description: "With edit-space: what editSpace takes." }),
        replicates: count.optional().meta({ description: "With confirm: what confirm takes." }),
        trial: trialNumber.optional().meta({ description: "With look-at-log." }),
      })
      .nullable()
      .meta({ description: "What can be done about it; null where nothing is known." }),
  })
  .meta({ id: "HealthFinding" });

/** How a space changes or would change. */
export const spaceReport = z
  .object({
    changes: z.array(z.string()).meta({ description: "In sentences; empty where the space is the same." }),
    losses: z.array(z.string()).meta({ description: "What cannot be kept, in sentences." }),
    leftOut: z.array(trialNumber),
    applied: z.boolean(),
  })
  .meta({ id: "SpaceReport" });

/** One change of a study, told by what it is about. */
export const change = z
  .object({ revision: count, at: moment, kind: z.string(), trial: trialNumber.optional() })
  .meta({ id: "Change" });

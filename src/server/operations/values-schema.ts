import { z } from "zod";

/** A number of a result; those that JSON cannot carry are words. */
export const encodedNumber = z.union([z.number(), z.enum(["NaN", "Infinity", "-Infinity"])]).meta({
  id: "Number",
  description: "A number; those that JSON cannot carry are the words NaN, Infinity and -Infinity.",
});

/** Results by metric. */
export const values = z.record(z.string(), encodedNumber).meta({ id: "Values", description: "Results by metric." });

/** A configuration. */
export const params = z.record(z.string(), z.unknown()).meta({
  id: "Params",
  description:
    "Values by parameter. Of which type a value is, the space says: a float may stand there as 1, and is one all the same.",
});

/** A whole number from 0. */
export const count = z.int().min(0);

/** Names a study. */
export const studyName = z.string().min(1).max(200).meta({ description: "The study's name." });

/** Names a trial of it. */
export const trialNumber = z.int().min(0).max(4_294_967_295).meta({ description: "The trial's number." });

/** A moment in text. */
export const moment = z.string().meta({ description: "ISO 8601 in UTC.", examples: ["2026-01-31T12:00:00.000Z"] });

/** Proof that a trial is the caller's. */
export const trialToken = z.string().min(1).max(200).meta({ description: "What ask gave with the trial." });

/** An objective. */
export const metric = z
  .strictObject({
    name: z.string().min(1).max(200),
    direction: z.enum(["minimize", "maximize"]),
    goal: z.number().optional().meta({ description: "A value that is good enough." }),
    reference: z.number().optional().meta({ description: "The worst value that is of interest." }),
    unit: z.string().min(1).max(20).optional().meta({ description: "What its values are in." }),
  })
  .meta({ id: "Metric" });

/** A sampler or scheduler by name, with its options. */
export const component = z
  .object({ name: z.string(), options: z.record(z.string(), z.unknown()) })
  .meta({ id: "Component" });

/** The same as it is given: its name, or a mapping of its options with its name among them. */
export const componentGiven = z
  .union([z.string().min(1).max(200), z.looseObject({ name: z.string().min(1).max(200) })])
  .meta({ id: "ComponentGiven", examples: ["tpe", { name: "gp", initial: 20 }] });

/** Nothing to tell. */
export const nothing = z.strictObject({});

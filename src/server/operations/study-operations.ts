import { z } from "zod";
import { operation } from "./operation.ts";
import { change, healthFinding, spaceReport, study, studyRow, summary } from "./study-schema.ts";
import { componentGiven, count, metric, nothing, studyName, trialNumber } from "./values-schema.ts";

/** Longest space, list of trials and the like that is taken, in bytes. */
const LARGE = 67_108_864;

const names = z.union([z.string().min(1).max(200), z.array(z.string().min(1).max(200)).max(100)]);
const texts = z.array(z.string().max(10_000)).max(1_000);
const record = z.record(z.string(), z.unknown());

const commandGiven = z.union([
  z.strictObject({ argv: z.array(z.string().max(131_072)).min(1).max(10_000) }),
  z.strictObject({ shell: z.string().min(1).max(131_072) }),
]);

/** Operations about studies as a whole. */
export const studyOperations = {
  studies: operation({
    summary: "The studies of the storage, oldest first.",
    role: "reader",
    http: { method: "GET", path: "/studies" },
    input: z.strictObject({
      after: studyName.optional().meta({ description: "The last study of the page before, its next." }),
      limit: z.int().min(1).max(1_000).default(100),
      search: z
        .string()
        .max(200)
        .optional()
        .meta({ description: "Only studies whose name holds this, in whatever case." }),
    }),
    output: z.object({ studies: z.array(studyRow), next: z.string().nullable() }),
  }),
  study: operation({
    summary: "A study: objectives, space, sampler, scheduler, program.",
    role: "reader",
    http: { method: "GET", path: "/studies/{study}" },
    input: z.strictObject({ study: studyName }),
    output: study,
  }),
  summary: operation({
    summary: "What a study has found so far: the best or the front, counts, failures, times, costs.",
    role: "reader",
    http: { method: "GET", path: "/studies/{study}/summary" },
    input: z.strictObject({ study: studyName }),
    output: summary,
  }),
  health: operation({
    summary: "What is odd about a study, what matters most first, with what can be done.",
    role: "reader",
    http: { method: "GET", path: "/studies/{study}/health" },
    input: z.strictObject({ study: studyName }),
    output: z.object({ revision: count, findings: z.array(healthFinding) }),
  }),
  changes: operation({
    summary: "What changed in a study after a revision; waits for a change where there is none yet.",
    role: "reader",
    http: { method: "GET", path: "/studies/{study}/changes" },
    input: z.strictObject({
      study: studyName,
      after: count.default(0).meta({ description: "The newest revision that is known." }),
      wait: z.number().min(0).max(60).default(0).meta({ description: "Seconds to wait for a change." }),
      limit: z.int().min(1).max(10_000).default(1_000),
    }),
    output: z.object({
      changes: z.array(change),
      revision: count.meta({ description: "Of the last change told, or the one that was given." }),
      more: z.boolean(),
    }),
  }),
  createStudy: operation({
    summary: "Creates a study, or continues the living one of that name if it is the same.",
    role: "operator",
    http: { method: "POST", path: "/studies" },
    mostBytes: LARGE,
    input: z.strictObject({
      name: studyName,
      minimize: names.optional(),
      maximize: names.optional(),
      metrics: z.array(metric).max(100).optional(),
      goals: texts.optional(),
      references: z.record(z.string(), z.number()).optional().meta({
        description: "The worst values that are of interest, by objective; left out they stay.",
      }),
      units: z.record(z.string(), z.string()).optional().meta({
        description: "What values are in, by objective; left out they stay.",
      }),
      limits: texts.optional(),
      grows: texts.optional(),
      space: record.optional().meta({
        description:
          "Parameters by name as study files have them, or a space in canonical form; left out for the one that the command declares, or that is asked for as trials run.",
      }),
      where: texts.optional(),
      was: record.optional(),
      sampler: componentGiven.optional(),
      scheduler: componentGiven.optional(),
      seed: z.int().min(0).max(Number.MAX_SAFE_INTEGER).optional(),
      command: commandGiven.optional().meta({
        description: "The program to run; only for admins of a server that allows commands.",
      }),
    }),
    output: z.object({
      study,
      created: z.boolean().meta({ description: "False where it was there before." }),
      notices: z.array(z.string()).meta({ description: "What is unusual about it or changed, in sentences." }),
    }),
  }),
  editSpace: operation({
    summary: "Changes the space of a study; the trials so far keep counting.",
    role: "operator",
    http: { method: "POST", path: "/studies/{study}/space" },
    mostBytes: LARGE,
    input: z.strictObject({
      study: studyName,
      space: record.optional().meta({ description: "A whole space instead of changes to the one there is." }),
      set: record.optional().meta({ description: "New definitions of parameters there are, by name." }),
      add: record.optional(),
      drop: texts.optional(),
      rename: z.record(z.string(), z.string()).optional().meta({ description: "Old names to new ones." }),
      where: texts.optional(),
      dropWhere: texts.optional(),
      was: record.optional().meta({ description: "What trials count as that lack a parameter." }),
      accept: z.boolean().default(false).meta({ description: "Change it though not all can be kept." }),
      dryRun: z.boolean().default(false).meta({ description: "Only tell what would change." }),
    }),
    output: spaceReport,
  }),
  stopStudy: operation({
    summary: "Ends every run of a study, as a first Ctrl-C does.",
    role: "operator",
    http: { method: "POST", path: "/studies/{study}/stop" },
    input: z.strictObject({ study: studyName }),
    output: nothing,
  }),
  pauseStudy: operation({
    summary: "Lets no new trial of a study begin until it is continued; those that run go on.",
    role: "operator",
    http: { method: "POST", path: "/studies/{study}/pause" },
    input: z.strictObject({ study: studyName }),
    output: nothing,
  }),
  continueStudy: operation({
    summary: "Lets trials of a paused study begin again.",
    role: "operator",
    http: { method: "POST", path: "/studies/{study}/continue" },
    input: z.strictObject({ study: studyName }),
    output: nothing,
  }),
  setAttribute: operation({
    summary: "Keeps a value with a study, or with one of its trials, under a key of the caller's.",
    role: "operator",
    http: { method: "PUT", path: "/studies/{study}/attributes/{key}" },
    input: z.strictObject({
      study: studyName,
      key: z.string().min(1).max(200),
      trial: trialNumber.optional().meta({ description: "Left out for the study's own." }),
      value: z.unknown().meta({ description: "Any JSON; null takes it away." }),
    }),
    output: nothing,
  }),
  deleteStudy: operation({
    summary: "Removes a study; its log stays in the storage, marked as deleted.",
    role: "operator",
    http: { method: "POST", path: "/studies/{study}/delete" },
    input: z.strictObject({ study: studyName }),
    output: nothing,
  }),
  attributes: operation({
    summary: "What callers keep with a study, by key; a trial's stand in trial.",
    role: "reader",
    http: { method: "GET", path: "/studies/{study}/attributes" },
    input: z.strictObject({ study: studyName }),
    output: z.object({ attributes: z.record(z.string(), z.string()).meta({ description: "JSON text by key." }) }),
  }),
  replay: operation({
    summary: "Computes every suggestion and decision again from what was known, and compares them bit for bit.",
    role: "reader",
    http: { method: "GET", path: "/studies/{study}/replay" },
    input: z.strictObject({ study: studyName }),
    output: z.looseObject({ checked: count, skipped: count, opaque: count, differences: z.array(z.looseObject({})) }),
  }),
  confirm: operation({
    summary:
      "Enqueues fresh runs of the winner and its rivals, or of a front's chosen point and its neighbours; whoever runs the study runs them.",
    role: "operator",
    http: { method: "POST", path: "/studies/{study}/confirm" },
    input: z.strictObject({
      study: studyName,
      replicates: z.int().min(2).max(1_000).default(5).meta({ description: "Fresh runs of each in all." }),
    }),
    output: z.object({
      configurations: z.array(
        z.object({
          role: z.enum(["winner", "runner-up", "candidate", "chosen", "neighbour", "default"]),
          number: trialNumber,
        }),
      ),
      enqueued: z.array(trialNumber),
    }),
  }),
};

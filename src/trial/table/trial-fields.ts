import type { DefinitionRecord, SegmentEnd, SegmentRecord, TrialRecord } from "../evolve/trial-record.ts";
import type { Attempt, RevisionInterval } from "../trial.ts";
import type { Fields } from "./column/column-table.ts";
import { distance } from "./distance.ts";
import type { ReportList } from "./report-list.ts";

/** Stands for the trial's own values, or its own message. */
export const OWN = true;

/*
 * What the columns of a block hold, chosen so that they become narrow: revisions, times and numbers as distances from others of the
 * trial that they are near to or follow from; what is said twice once. Fields may not change without a new version of the form.
 */

const NO_BYTES = new Uint8Array(0);

/** The bytes of reports that do not lie on the shelf. */
export function ownReports(reports: ReportList): Uint8Array {
  return reports.place === null ? reports.pack() : NO_BYTES;
}

export const TRIAL_FIELDS = {
  configuration: ({ number, configuration }) => distance(number, configuration),
  replicate: ({ replicate }) => replicate,
  params: ({ params }) => params,
  offered: ({ offered }) => offered,
  definitions: ({ definitions }) => definitions.length,
  spaceVersion: ({ spaceVersion }) => spaceVersion,
  ranUnder: ({ ranUnder }) => ranUnder,
  origin: ({ origin }) => origin,
  suggestion: ({ suggestion }) => suggestion !== null,
  state: ({ state }) => state,
  outcome: ({ outcome }) => outcome,
  message: ({ message }) => message,
  values: ({ values }) => values,
  segments: ({ segments }) => segments.length,
  /** How many of them lie on the shelf, and where. */
  shelved: ({ reports }) => reports.place?.length ?? 0,
  piece: ({ reports }) => reports.place?.piece ?? 0,
  offset: ({ reports }) => reports.place?.offset ?? 0,
  /** Bytes of those of a trial that has not ended, which follow behind all columns. */
  reports: ({ reports }) => ownReports(reports).length,
  ends: ({ ends }) => ends.length,
  losses: ({ losses }) => losses,
  proposedRevision: ({ proposedRevision }) => proposedRevision,
  startedRevision: ({ startedRevision, proposedRevision }) => distance(startedRevision, proposedRevision),
  finishedRevision: ({ finishedRevision, proposedRevision }) => distance(finishedRevision, proposedRevision),
  proposedAt: ({ proposedAt }) => proposedAt,
  startedAt: ({ startedAt, proposedAt }) => distance(startedAt, proposedAt),
  finishedAt: ({ finishedAt, proposedAt }) => distance(finishedAt, proposedAt),
  invalid: ({ invalid }) => invalid.length,
  attributes: ({ attributes }) => attributes,
  systemAttributes: ({ systemAttributes }) => systemAttributes,
  past: ({ past }) => past,
  decisions: ({ decisions }) => decisions,
  begun: ({ begun }) => begun,
  reached: ({ reached }) => reached,
  branch: ({ branch }) => branch,
  successor: ({ successor }) => successor,
} as const satisfies Fields<TrialRecord>;

export const SUGGESTION_FIELDS = {
  view: ({ suggestion, proposedRevision }) => distance(suggestion!.view, proposedRevision),
  spaceVersion: ({ suggestion }) => suggestion!.spaceVersion,
  settingsVersion: ({ suggestion }) => suggestion!.settingsVersion,
  index: ({ suggestion, number }) => distance(suggestion!.index, number),
  batchFirst: ({ suggestion, number }) => distance(suggestion!.batchFirst, number),
  engine: ({ suggestion }) => suggestion!.engine,
  inputs: ({ suggestion }) => suggestion!.inputs,
} as const satisfies Fields<TrialRecord>;

export const DEFINITION_FIELDS = {
  name: (part) => part.name,
  domain: (part) => part.domain,
  revision: (part, record) => distance(part.revision, record.proposedRevision),
  /** In a list; an empty one stands for the trial's own. */
  value: (part, record) => (part.value === record.params[part.name] ? [] : [part.value]),
  given: (part) => part.given ?? null,
} as const satisfies Fields<DefinitionRecord, TrialRecord>;

export const SEGMENT_FIELDS = {
  until: (part) => part.until,
  attempts: (part) => part.attempts.length,
} as const satisfies Fields<SegmentRecord, TrialRecord>;

export const ATTEMPT_FIELDS = {
  owner: (part) => part.owner,
  startedAt: (part, record) => distance(part.startedAt, record.startedAt ?? 0),
  endedAt: (part, record) => distance(part.endedAt, record.finishedAt ?? 0),
  outcome: (part) => part.outcome,
  message: (part, record) => (part.message !== null && part.message === record.message ? OWN : part.message),
  exitCode: (part) => part.exitCode,
  signal: (part) => part.signal,
  checkpoint: (part) => part.checkpoint,
  units: (part) => part.units ?? null,
  seconds: (part) => part.seconds ?? null,
  missing: (part) => part.missing ?? null,
  cost: (part) => part.cost ?? null,
  steps: (part) => part.steps ?? null,
  frozen: (part) => part.frozen ?? null,
  dropped: (part) => part.dropped ?? null,
} as const satisfies Fields<Attempt, TrialRecord>;

export const END_FIELDS = {
  segment: (part) => part.segment,
  revision: (part, record) => distance(part.revision, record.finishedRevision ?? 0),
  state: (part) => part.state,
  outcome: (part) => part.outcome,
  step: (part) => part.step,
  values: (part, record) => (part.values === record.values ? OWN : part.values),
  reports: (part, record) => record.reports.length - part.reports,
} as const satisfies Fields<SegmentEnd, TrialRecord>;

export const INVALID_FIELDS = {
  from: ({ from }) => from,
  to: ({ to }) => to,
} as const satisfies Fields<RevisionInterval>;

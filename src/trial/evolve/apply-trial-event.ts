import { AttuneError } from "../../errors.ts";
import type { Params } from "../../space/json.ts";
import type { LoggedEvent, StudyEvent } from "../event.ts";
import { resumableAttempt } from "../resumable-attempt.ts";
import { ReportList } from "../table/report-list.ts";
import type { Definition, Outcome, TrialState, Values } from "../trial.ts";
import {
  addTrial,
  bindToken,
  changeState,
  clearReservation,
  countInBudget,
  dropStale,
  endAttempt,
  endSegment,
  noteDecision,
  valuesSinceEnd,
} from "./change-trial.ts";
import { fullFidelity } from "./full-fidelity.ts";
import { NO_MEMBERS, seenMembers, withMember } from "./growing-members.ts";
import { openAttempt } from "./open-attempt.ts";
import { runText } from "./run-text.ts";
import type { StudyTables } from "./study-tables.ts";
import { NOTHING, type TrialRecord, withOne } from "./trial-record.ts";

type EventOf<T extends StudyEvent["type"]> = Extract<StudyEvent, { readonly type: T }>;

/** The record an event speaks of, to be changed; an unknown number means a damaged log. */
export function recordOf(tables: StudyTables, trial: number): TrialRecord {
  const record = tables.trials.change(trial);
  if (record === undefined) {
    throw new AttuneError("storage-corrupt", `The log speaks of trial ${trial}, which it never proposed.`);
  }
  return record;
}

function checkNext(tables: StudyTables, trial: number): void {
  if (trial === tables.trials.length) return;
  throw new AttuneError(
    "storage-corrupt",
    `The log proposes trial ${trial} where the next number is ${tables.trials.length}.`,
  );
}

function currentVersion(versions: readonly { readonly version: number }[]): number {
  return versions.at(-1)?.version ?? 0;
}

/** What every trial begins with. (One that is proposed is written out: there are very many, and spreading costs.) */
function unrun(): Pick<
  TrialRecord,
  | ("message" | "segments" | "reports" | "ends" | "begun" | "reached")
  | ("decisions" | "losses" | "invalid" | "past" | "shown")
> {
  const none = { message: null, reached: null, decisions: null, past: null, shown: null };
  return { ...none, segments: NOTHING, reports: NO_REPORTS, ends: NOTHING, begun: 0, losses: 0, invalid: NOTHING };
}

export function applyProposed(tables: StudyTables, logged: LoggedEvent, event: EventOf<"proposed">): void {
  checkNext(tables, event.trial);
  clearReservation(tables);
  if (event.suggestion !== null) tables.proposalIndex++;
  const { replicate } = event;
  const record: TrialRecord = {
    number: event.trial,
    configuration: event.trial,
    replicate: replicate === null ? null : { index: replicate.index, seed: replicate.seed, fold: replicate.fold },
    params: event.params,
    offered: event.offered ?? null,
    definitions: NOTHING,
    spaceVersion: currentVersion(tables.spaces),
    ranUnder: null,
    origin: event.origin,
    branch: event.branch ?? null,
    successor: null,
    suggestion: event.suggestion,
    state: "waiting",
    outcome: null,
    values: {},
    message: null,
    segments: NOTHING,
    reports: NO_REPORTS,
    ends: NOTHING,
    begun: 0,
    reached: event.branch?.step ?? null,
    decisions: null,
    losses: 0,
    invalid: NOTHING,
    past: null,
    shown: null,
    proposedRevision: logged.revision,
    startedRevision: null,
    finishedRevision: null,
    proposedAt: logged.at,
    startedAt: null,
    finishedAt: null,
    attributes: NO_MEMBERS,
    systemAttributes: NO_MEMBERS,
  };
  if (replicate !== null) record.configuration = configurationOf(tables, record, recordOf(tables, replicate.of));
  addTrial(tables, record);
}

/** Of a replicate that has not run: that of the trial it repeats, unless the space has changed what the program is given since. */
function configurationOf(tables: StudyTables, record: TrialRecord, original: TrialRecord): number {
  const alike = runText(tables, record) === runText(tables, original);
  return (alike ? original : tables.configurations.find(tables, record))?.configuration ?? record.number;
}

/** Gives a trial that has ended the configuration of the ones that were run alike. */
function settleConfiguration(tables: StudyTables, record: TrialRecord): void {
  record.configuration = record.number;
  record.configuration = tables.configurations.file(tables, record).configuration;
}

/** What an imported state says about how the trial ended. */
export function impliedOutcome(state: TrialState): Outcome {
  if (state === "complete") return "ok";
  if (state === "pruned") return "stopped";
  return state === "paused" ? "paused" : "reported-failed";
}

export function applyImported(tables: StudyTables, logged: LoggedEvent, event: EventOf<"imported">): void {
  checkNext(tables, event.trial);
  clearReservation(tables);
  const finished = event.state === "complete" || event.state === "pruned" || event.state === "failed";
  const ended = finished || event.state === "paused";
  const begun = event.state !== "waiting";
  const { definitions = [], owner } = event;
  const record: TrialRecord = {
    number: event.trial,
    configuration: event.trial,
    replicate: null,
    params: { ...event.params, ...valuesOf(definitions) },
    offered: null,
    definitions: definitions.map((definition) => ({ ...definition, revision: logged.revision })),
    spaceVersion: currentVersion(tables.spaces),
    ranUnder: null,
    origin: "imported",
    branch: null,
    successor: null,
    suggestion: null,
    state: event.state,
    outcome: ended ? impliedOutcome(event.state) : null,
    values: event.values,
    ...unrun(),
    proposedRevision: logged.revision,
    startedRevision: begun ? logged.revision : null,
    finishedRevision: finished ? logged.revision : null,
    proposedAt: event.startedAt ?? logged.at,
    startedAt: event.startedAt,
    finishedAt: finished ? (event.finishedAt ?? logged.at) : null,
    attributes: seenMembers(event.attributes),
    systemAttributes: seenMembers(event.systemAttributes ?? NO_MEMBERS),
  };
  noteMeasured(tables, event.values);
  addReports(record, event.reports, logged.revision);
  if (definitions.length > 0) tables.everDefined = true;
  tables.definedNames.add(record.definitions);
  addTrial(tables, record);
  record.begun = record.reports.length;
  if (owner !== undefined) {
    // It goes on from what it came to elsewhere.
    record.reached = record.reports.at(-1)?.step ?? null;
    const startedAt = event.startedAt ?? logged.at;
    record.segments = [{ until: null, attempts: [openAttempt(0, owner, startedAt)] }];
    bindToken(tables, owner, record.number, startedAt);
  }
  if (ended) {
    const given = event.state === "complete" ? fullFidelity(tables) : null;
    endSegment(record, logged.revision, impliedOutcome(event.state), event.values, { given });
  }
  if (finished) settleEnd(tables, record);
}

export function applyStarted(tables: StudyTables, logged: LoggedEvent, event: EventOf<"started">): void {
  const record = recordOf(tables, event.trial);
  const segment = record.segments[event.segment];
  const follows = segment !== undefined || event.segment === record.segments.length;
  if (!follows || event.attempt !== (segment?.attempts.length ?? 0)) {
    throw new AttuneError("storage-corrupt", `The log starts trial ${event.trial} at an attempt that does not follow.`);
  }
  const attempt = openAttempt(event.attempt, event.owner, logged.at);
  if (segment === undefined) record.segments = withOne(record.segments, { until: event.until, attempts: [attempt] });
  else segment.attempts.push(attempt);
  record.begun = record.reports.length;
  record.outcome = null;
  record.message = null;
  if (record.startedRevision === null) {
    record.startedRevision = logged.revision;
    record.startedAt = logged.at;
  }
  record.ranUnder = currentVersion(tables.spaces);
  noteDecision(record, logged.revision, event.segment === 0 ? "start" : "resume", event.decision);
  changeState(tables, record, "running");
  bindToken(tables, event.owner, record.number, logged.at);
}

function valuesOf(definitions: readonly Definition[]): Params {
  return Object.fromEntries(definitions.map(({ name, value }) => [name, value]));
}

export function applyDefined(tables: StudyTables, logged: LoggedEvent, event: EventOf<"defined">): void {
  const record = recordOf(tables, event.trial);
  const fresh = event.definitions.map((definition) => ({ ...definition, revision: logged.revision }));
  tables.definedNames.add(fresh);
  // Before the first definition the object is the event's, and maybe others'.
  let params = record.definitions.length === 0 ? { ...record.params } : record.params;
  for (const { name, value } of fresh) params = withMember(params, name, value);
  record.params = params;
  for (const one of fresh) record.definitions = withOne(record.definitions, one);
  tables.everDefined = true;
}

export function applyReported(tables: StudyTables, logged: LoggedEvent, event: EventOf<"reported">): void {
  addReports(recordOf(tables, event.trial), event.reports, logged.revision);
}

/** Of all trials that told nothing yet; it stays empty. */
const NO_REPORTS = new ReportList();

function addReports(record: TrialRecord, reports: EventOf<"reported">["reports"], revision: number): void {
  if (reports.length > 0 && record.reports === NO_REPORTS) record.reports = new ReportList();
  for (const report of reports) record.reports.push(report, revision);
}

export function applyReturned(tables: StudyTables, logged: LoggedEvent, event: EventOf<"returned">): void {
  const record = recordOf(tables, event.trial);
  endAttempt(tables, record, event.end, logged.at);
  if (event.end.outcome === "lost") record.losses++;
  changeState(tables, record, "waiting");
}

export function applyPaused(tables: StudyTables, logged: LoggedEvent, event: EventOf<"paused">): void {
  const record = recordOf(tables, event.trial);
  endAttempt(tables, record, event.end, logged.at);
  changeState(tables, record, "paused");
  noteDecision(record, logged.revision, "pause", event.decision);
  const { report } = event.decision ?? {};
  const reports = report === undefined ? record.reports.length : report + 1;
  const values = { ...valuesSinceEnd(record, reports), ...event.values };
  endSegment(record, logged.revision, event.end.outcome, values, {
    reports,
    given: givenFidelity(tables, record, event),
  });
}

export function applyGivenUp(tables: StudyTables, logged: LoggedEvent, event: EventOf<"given-up">): void {
  const record = recordOf(tables, event.trial);
  // What is frozen has no checkpoint, and of one that was given up nothing older is left.
  record.reached = null;
  if (event.checkpoint !== undefined) {
    const kept = resumableAttempt(record);
    for (const { attempts } of record.segments) {
      const at = kept === null ? -1 : attempts.indexOf(kept);
      if (at >= 0) attempts[at] = { ...kept!, dropped: logged.revision };
    }
    return;
  }
  const attempts = record.segments.at(-1)!.attempts;
  const last = attempts.at(-1)!;
  attempts[attempts.length - 1] = { ...last, frozen: { givenUp: logged.revision } };
}

export function applyPassed(tables: StudyTables, logged: LoggedEvent, event: EventOf<"passed">): void {
  const record = recordOf(tables, event.trial);
  noteDecision(record, logged.revision, "pass", event.decision);
  const reports = event.decision.report + 1;
  endSegment(record, logged.revision, "ok", valuesSinceEnd(record, reports), { reports });
}

export function applyFinished(tables: StudyTables, logged: LoggedEvent, event: EventOf<"finished">): void {
  const record = recordOf(tables, event.trial);
  endAttempt(tables, record, event.end, logged.at);
  if (event.end.outcome === "lost") record.losses++;
  record.values = event.values;
  noteMeasured(tables, event.values);
  record.finishedRevision = logged.revision;
  record.finishedAt = logged.at;
  record.successor = event.successor ?? null;
  changeState(tables, record, event.state);
  noteDecision(record, logged.revision, "stop", event.decision);
  // Of one that ends while it is paused nothing new is told.
  const paused = event.successor === undefined ? null : Number(record.ends.at(-1)?.step ?? Number.NaN);
  const given = paused !== null && Number.isFinite(paused) ? paused : givenFidelity(tables, record, event);
  endSegment(record, logged.revision, event.end.outcome, event.values, { given });
  settleEnd(tables, record);
}

function settleEnd(tables: StudyTables, record: TrialRecord): void {
  settleConfiguration(tables, record);
  const step = Number(record.ends.at(-1)?.step ?? 0);
  if (record.state === "complete" && Number.isFinite(step)) tables.longest = Math.max(tables.longest, step);
}

/** What a run that was not cut short by its reports counts as, in a study that declares a fidelity; else null. */
function givenFidelity(
  tables: StudyTables,
  { segments }: TrialRecord,
  { end, decision }: EventOf<"paused"> | EventOf<"finished">,
): number | null {
  const cut = decision?.report !== undefined || end.outcome === "stopped";
  return cut || fullFidelity(tables) === null ? null : (segments.at(-1)?.until ?? null);
}

function noteMeasured({ measured }: StudyTables, values: Values): void {
  if (measured !== null) for (const name of Object.keys(values)) measured.add(name);
}

export function applyInvalidated(tables: StudyTables, logged: LoggedEvent, event: EventOf<"invalidated">): void {
  const record = recordOf(tables, event.trial);
  countInBudget(tables, record, -1);
  record.invalid = [...record.invalid, { from: logged.revision, to: null }];
  dropStale(tables);
}

export function applyRestored(tables: StudyTables, logged: LoggedEvent, event: EventOf<"restored">): void {
  const record = recordOf(tables, event.trial);
  const mark = record.invalid.at(-1);
  if (mark === undefined) return;
  record.invalid[record.invalid.length - 1] = { from: mark.from, to: logged.revision };
  countInBudget(tables, record, 1);
  if (record.state === "waiting") tables.waiting.push(record.number);
}

import { AttuneError } from "../../errors.ts";
import type { LoggedEvent, StudyEvent } from "../event.ts";
import type { StudyState } from "../study-state.ts";
import { TRIALS_PER_BLOCK } from "../table/trial-block.ts";
import {
  applyDefined,
  applyFinished,
  applyGivenUp,
  applyImported,
  applyInvalidated,
  applyPassed,
  applyPaused,
  applyProposed,
  applyReported,
  applyRestored,
  applyReturned,
  applyStarted,
  recordOf,
} from "./apply-trial-event.ts";
import { canonicalJson } from "./canonical-json.ts";
import { bindToken, clearReservation, unbindToken } from "./change-trial.ts";
import { withMember } from "./growing-members.ts";
import type { StudyTables, Version } from "./study-tables.ts";
import { followAttribute, followTurns } from "./trial-past.ts";
import { followUnit } from "./unit-trial.ts";

/**
 * Brings the state from revision r to r + 1, in time that does not grow with the study. A revision that does not follow, or
 * an event that does not fit, is an AttuneError `storage-corrupt`.
 */
export function evolve(state: StudyState, logged: LoggedEvent): void {
  const { tables } = state;
  if (logged.revision !== tables.revision + 1) {
    throw new AttuneError(
      "storage-corrupt",
      `The log jumps from revision ${tables.revision} to ${logged.revision}; the one between is missing.`,
    );
  }
  tables.revision = logged.revision;
  applySafely(tables, logged);
  const { event } = logged;
  if (event.request !== undefined) tables.requests.add(event.request);
  const record = "trial" in event && event.trial !== null ? tables.trials.change(event.trial) : undefined;
  if (record === undefined) return;
  followTurns(record, logged);
  tables.trials.changed(record);
  tables.blockRevisions[Math.floor(record.number / TRIALS_PER_BLOCK)] = logged.revision;
  followUnit(tables, record);
}

/** An event that lacks something is damage of the log, whatever trips over it. */
function applySafely(tables: StudyTables, logged: LoggedEvent): void {
  try {
    applyEvent(tables, logged);
  } catch (error) {
    if (error instanceof AttuneError) throw error;
    const message = `The log's event of revision ${logged.revision} (${logged.event.type}) cannot be understood.`;
    throw new AttuneError("storage-corrupt", message, { cause: error });
  }
}

function applyEvent(tables: StudyTables, logged: LoggedEvent): void {
  const { event } = logged;
  switch (event.type) {
    case "proposed":
      applyProposed(tables, logged, event);
      return;
    case "imported":
      applyImported(tables, logged, event);
      return;
    case "started":
      applyStarted(tables, logged, event);
      return;
    case "defined":
      applyDefined(tables, logged, event);
      return;
    case "reported":
      applyReported(tables, logged, event);
      return;
    case "returned":
      applyReturned(tables, logged, event);
      return;
    case "passed":
      applyPassed(tables, logged, event);
      return;
    case "paused":
      applyPaused(tables, logged, event);
      return;
    case "given-up":
      applyGivenUp(tables, logged, event);
      return;
    case "finished":
      applyFinished(tables, logged, event);
      return;
    case "invalidated":
      applyInvalidated(tables, logged, event);
      return;
    case "restored":
      applyRestored(tables, logged, event);
      return;
    default:
      applyStudyEvent(tables, logged, event);
      return;
  }
}

type TrialEventType =
  | "proposed"
  | "imported"
  | "started"
  | "defined"
  | "reported"
  | "returned"
  | "passed"
  | "paused"
  | "given-up"
  | "finished"
  | "invalidated"
  | "restored";
type RestOfEvents = Exclude<StudyEvent, { readonly type: TrialEventType }>;

function applyStudyEvent(tables: StudyTables, logged: LoggedEvent, event: RestOfEvents): void {
  switch (event.type) {
    case "study-created":
      tables.definition = event.definition;
      pushVersion(tables.settings, logged.revision, event.definition.settings);
      pushVersion(tables.spaces, logged.revision, event.definition.space);
      return;
    case "settings-changed":
      if (!sameJson(tables.settings.at(-1)?.value.sampler, event.settings.sampler)) tables.proposalIndex = 0;
      pushVersion(tables.settings, logged.revision, event.settings);
      clearReservation(tables);
      return;
    case "space-changed":
      tables.spaces.push({
        version: tables.spaces.length + 1,
        revision: logged.revision,
        value: event.space,
        ...(event.carry !== undefined && { carry: event.carry }),
      });
      tables.proposalIndex = 0;
      clearReservation(tables);
      return;
    case "reserved":
      clearReservation(tables);
      tables.reservation = {
        first: event.first,
        count: event.count,
        view: logged.revision,
        index: tables.proposalIndex,
        proposer: event.proposer,
      };
      bindToken(tables, event.proposer, null, logged.at);
      return;
    case "reservation-moved":
      if (tables.reservation === null) return;
      unbindToken(tables, tables.reservation.proposer.token, null);
      tables.reservation = { ...tables.reservation, proposer: event.proposer };
      bindToken(tables, event.proposer, null, logged.at);
      return;
    case "reservation-released":
      clearReservation(tables);
      return;
    case "attribute-set":
      applyAttribute(tables, logged, event);
      return;
    case "held-out":
      tables.heldOut = [...tables.heldOut, event.run];
      return;
    case "study-deleted":
      tables.deleted = true;
      return;
    default:
      unknownEvent(event);
  }
}

function unknownEvent(event: never): never {
  throw new AttuneError(
    "storage-corrupt",
    `The log holds an event of type ${JSON.stringify((event as StudyEvent).type)}, which this version does not know.`,
  );
}

type AttributeSet = Extract<StudyEvent, { readonly type: "attribute-set" }>;

function applyAttribute(tables: StudyTables, { revision }: LoggedEvent, event: AttributeSet): void {
  const record = event.trial === null ? null : recordOf(tables, event.trial);
  if (record !== null) followAttribute(record, revision, event.system, event.key);
  const holder = record ?? tables;
  const { key, text } = event;
  if (event.system) holder.systemAttributes = withMember(holder.systemAttributes, key, text);
  else holder.attributes = withMember(holder.attributes, key, text);
}

function pushVersion<T>(versions: Version<T>[], revision: number, value: T): void {
  versions.push({ version: versions.length + 1, revision, value });
}

/** Same JSON, whatever the order of keys. */
export function sameJson(a: unknown, b: unknown): boolean {
  return canonicalJson(a) === canonicalJson(b);
}

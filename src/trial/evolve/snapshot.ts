import type { JsonValue, Params } from "../../space/json.ts";
import type { EncodedNumber } from "../encoded-number.ts";
import type { Owner, ProcessIdentity } from "../owner.ts";
import type { StudyDefinition } from "../study-definition.ts";
import { StudyState } from "../study-state.ts";
import type { Attempt, Outcome, Report, RevisionInterval, Values } from "../trial.ts";
import { addTrial, hold } from "./change-trial.ts";
import type { Reservation, StudyTables } from "./study-tables.ts";
import { currentAttempt, type ReportBatch, type SegmentEnd, type TrialRecord } from "./trial-record.ts";

/** Counts up when the form below changes; a snapshot of another format is not read. */
export const SNAPSHOT_FORMAT = 1;

/** Kind, token, and: process (its place in the list) and worker, or source. */
type PackedOwner = readonly [kind: "l" | "d" | "f", token: string, process?: number | null, name?: string];

type PackedAttempt = readonly [
  owner: PackedOwner,
  startedAt: number,
  endedAt: number | null,
  outcome: Outcome | null,
  rest: { readonly [K in "message" | "exitCode" | "signal" | "checkpoint"]?: Attempt[K] } | 0,
];

/** A trial as a list: fields in this order; what is rare sits in the object at the end, left out where it is empty. */
type PackedTrial = readonly [
  params: TrialRecord["params"],
  state: TrialRecord["state"],
  outcome: Outcome | null,
  values: Values,
  segments: readonly (readonly [until: number | null, attempts: readonly PackedAttempt[]])[],
  ends: readonly (readonly [
    segment: number,
    revision: number,
    state: TrialRecord["state"],
    outcome: Outcome,
    step: EncodedNumber | null,
    /** Left out when they are the trial's own. */
    values?: Values,
  ])[],
  proposed: readonly [revision: number, at: number],
  started: readonly [revision: number | null, at: number | null],
  finished: readonly [revision: number | null, at: number | null],
  origin: TrialRecord["origin"],
  spaceVersion: number,
  suggestion: TrialRecord["suggestion"],
  rare: RareFields | 0,
];

interface RareFields {
  readonly configuration?: number;
  readonly offered?: Params;
  readonly definitions?: TrialRecord["definitions"];
  readonly replicate?: TrialRecord["replicate"];
  readonly message?: string;
  readonly reports?: readonly (readonly [step: number, values: Values])[];
  readonly batches?: readonly (readonly [revision: number, next: number])[];
  readonly losses?: number;
  readonly invalid?: readonly RevisionInterval[];
  readonly attributes?: TrialRecord["attributes"];
  readonly systemAttributes?: TrialRecord["systemAttributes"];
}

interface PackedState {
  readonly format: number;
  readonly revision: number;
  readonly definition: StudyDefinition | null;
  readonly settings: StudyTables["settings"];
  readonly spaces: StudyTables["spaces"];
  readonly proposalIndex: number;
  readonly reservation: Reservation | null;
  readonly reservedAt: number;
  readonly deleted: boolean;
  readonly attributes: StudyTables["attributes"];
  readonly systemAttributes: StudyTables["systemAttributes"];
  readonly processes: readonly ProcessIdentity[];
  readonly trials: readonly PackedTrial[];
}

/** The whole state as JSON; `stateFromJson` makes an equal one of it. */
export function stateToJson(state: StudyState): JsonValue {
  const { tables } = state;
  const processes = new ProcessList();
  const trials = tables.trials.map((record) => packTrial(record, processes));
  const { reservation } = tables;
  const packed: PackedState = {
    format: SNAPSHOT_FORMAT,
    revision: tables.revision,
    definition: tables.definition,
    settings: tables.settings,
    spaces: tables.spaces,
    proposalIndex: tables.proposalIndex,
    reservation,
    reservedAt: reservation === null ? 0 : (tables.holdings.get(reservation.proposer.token)?.since ?? 0),
    deleted: tables.deleted,
    attributes: tables.attributes,
    systemAttributes: tables.systemAttributes,
    processes: processes.list,
    trials,
  };
  return packed as unknown as JsonValue;
}

/** The state a snapshot holds, or null when it is of another format (or none at all): read the events instead. */
export function stateFromJson(json: JsonValue): StudyState | null {
  const packed = json as unknown as PackedState | null;
  if (packed === null || typeof packed !== "object" || packed.format !== SNAPSHOT_FORMAT) return null;
  const state = new StudyState();
  const { tables } = state;
  tables.revision = packed.revision;
  tables.definition = packed.definition;
  tables.settings.push(...packed.settings);
  tables.spaces.push(...packed.spaces);
  tables.proposalIndex = packed.proposalIndex;
  tables.deleted = packed.deleted;
  tables.attributes = packed.attributes;
  tables.systemAttributes = packed.systemAttributes;
  for (const [number, trial] of packed.trials.entries()) file(tables, unpackTrial(number, trial, packed.processes));
  if (packed.reservation !== null) {
    tables.reservation = packed.reservation;
    hold(tables, packed.reservation.proposer, null, packed.reservedAt);
  }
  return state;
}

function file(tables: StudyTables, record: TrialRecord): void {
  addTrial(tables, record);
  if (record.invalid.length > 0) tables.everInvalid++;
  if (record.definitions.length > 0) tables.everDefined = true;
  const attempt = currentAttempt(record);
  if (attempt !== null) hold(tables, attempt.owner, record.number, attempt.startedAt);
}

/** Process identities, each kept once. */
class ProcessList {
  readonly list: ProcessIdentity[] = [];
  readonly #places = new Map<string, number>();

  place(process: ProcessIdentity): number {
    const key = JSON.stringify([process.boot, process.namespace, process.pid, process.started]);
    const known = this.#places.get(key);
    if (known !== undefined) return known;
    this.#places.set(key, this.list.length);
    return this.list.push(process) - 1;
  }
}

function packOwner(owner: Owner, processes: ProcessList): PackedOwner {
  if (owner.kind === "detached") return ["d", owner.token];
  if (owner.kind === "foreign") return ["f", owner.token, null, owner.source];
  return ["l", owner.token, owner.process === null ? null : processes.place(owner.process), owner.worker];
}

function unpackOwner(packed: PackedOwner, processes: readonly ProcessIdentity[]): Owner {
  const [kind, token, place = null, name = ""] = packed;
  if (kind === "d") return { kind: "detached", token };
  if (kind === "f") return { kind: "foreign", token, source: name };
  return { kind: "leased", token, process: place === null ? null : (processes[place] ?? null), worker: name };
}

function packAttempt(attempt: Attempt, processes: ProcessList): PackedAttempt {
  const { owner, startedAt, endedAt, outcome, message, exitCode, signal, checkpoint } = attempt;
  const rest = {
    ...(message !== null && { message }),
    ...(exitCode !== null && { exitCode }),
    ...(signal !== null && { signal }),
    ...(checkpoint !== null && { checkpoint }),
  };
  return [packOwner(owner, processes), startedAt, endedAt, outcome, Object.keys(rest).length === 0 ? 0 : rest];
}

function unpackAttempt(packed: PackedAttempt, index: number, processes: readonly ProcessIdentity[]): Attempt {
  const [owner, startedAt, endedAt, outcome, rest] = packed;
  const { message = null, exitCode = null, signal = null, checkpoint = null } = rest === 0 ? {} : rest;
  const ends = { outcome, message, exitCode, signal, checkpoint };
  return { index, owner: unpackOwner(owner, processes), startedAt, endedAt, ...ends };
}

function packRare(record: TrialRecord): RareFields | 0 {
  const { attributes, systemAttributes, invalid, losses, reports, reportBatches } = record;
  const rare: RareFields = {
    ...(record.configuration !== record.number && { configuration: record.configuration }),
    ...(record.offered !== null && { offered: record.offered }),
    ...(record.definitions.length > 0 && { definitions: record.definitions }),
    ...(record.replicate !== null && { replicate: record.replicate }),
    ...(record.message !== null && { message: record.message }),
    ...(reports.length > 0 && { reports: reports.map(({ step, values }) => [step, values] as const) }),
    ...(reportBatches.length > 0 && { batches: reportBatches.map(({ revision, next }) => [revision, next] as const) }),
    ...(losses > 0 && { losses }),
    ...(invalid.length > 0 && { invalid }),
    ...(Object.keys(attributes).length > 0 && { attributes }),
    ...(Object.keys(systemAttributes).length > 0 && { systemAttributes }),
  };
  return Object.keys(rare).length === 0 ? 0 : rare;
}

function packTrial(record: TrialRecord, processes: ProcessList): PackedTrial {
  return [
    record.params,
    record.state,
    record.outcome,
    record.values,
    record.segments.map(({ until, attempts }) => [until, attempts.map((one) => packAttempt(one, processes))]),
    record.ends.map(({ segment, revision, state, outcome, step, values }) =>
      values === record.values
        ? [segment, revision, state, outcome, step]
        : [segment, revision, state, outcome, step, values],
    ),
    [record.proposedRevision, record.proposedAt],
    [record.startedRevision, record.startedAt],
    [record.finishedRevision, record.finishedAt],
    record.origin,
    record.spaceVersion,
    record.suggestion,
    packRare(record),
  ];
}

function unpackTrial(number: number, packed: PackedTrial, processes: readonly ProcessIdentity[]): TrialRecord {
  const [params, state, outcome, values, segments, ends, proposed, started, finished, origin, space, suggestion] =
    packed;
  const rare: RareFields = packed[12] === 0 ? {} : packed[12];
  return {
    number,
    configuration: rare.configuration ?? number,
    replicate: rare.replicate ?? null,
    params,
    offered: rare.offered ?? null,
    definitions: rare.definitions ?? [],
    spaceVersion: space,
    origin,
    suggestion,
    state,
    outcome,
    message: rare.message ?? null,
    values,
    segments: segments.map(([until, attempts]) => ({
      until,
      attempts: attempts.map((one, index) => unpackAttempt(one, index, processes)),
    })),
    reports: (rare.reports ?? []).map(([step, reported], seq): Report => ({ seq, step, values: reported })),
    reportBatches: (rare.batches ?? []).map(([revision, next]): ReportBatch => ({ revision, next })),
    ends: ends.map(
      ([segment, revision, endState, endOutcome, step, own]): SegmentEnd => ({
        segment,
        revision,
        state: endState,
        outcome: endOutcome,
        step,
        values: own ?? values,
      }),
    ),
    losses: rare.losses ?? 0,
    proposedRevision: proposed[0],
    startedRevision: started[0],
    finishedRevision: finished[0],
    proposedAt: proposed[1],
    startedAt: started[1],
    finishedAt: finished[1],
    invalid: [...(rare.invalid ?? [])],
    attributes: rare.attributes ?? {},
    systemAttributes: rare.systemAttributes ?? {},
    shown: null,
  };
}

import type { Params } from "../../space/json.ts";
import type { EncodedNumber } from "../encoded-number.ts";
import type { Owner, ProcessIdentity } from "../owner.ts";
import type { Attempt, Outcome, Report, RevisionInterval, Values } from "../trial.ts";
import type { ReportBatch, SegmentEnd, TrialRecord } from "./trial-record.ts";

/** Kind, token, and: process (its place in the list) and worker, or source. */
type PackedOwner = readonly [
  kind: "l" | "d" | "f",
  token: string,
  process?: number | null,
  name?: string,
  asked?: Omit<Owner & { readonly kind: "detached" }, "kind" | "token">,
];

type PackedAttempt = readonly [
  owner: PackedOwner,
  startedAt: number,
  endedAt: number | null,
  outcome: Outcome | null,
  rest: { readonly [K in "message" | "exitCode" | "signal" | "checkpoint" | "units" | "seconds"]?: Attempt[K] } | 0,
];

/** A trial as a list: fields in this order; what is rare sits in the object at the end, left out where it is empty. */
export type PackedTrial = readonly [
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
  /** Left out where it is the version the trial was made under, or the trial was not started. */
  readonly ranUnder?: number;
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
  readonly past?: NonNullable<TrialRecord["past"]>;
}

/** Process identities, each kept once. */
export class ProcessList {
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
  if (owner.kind === "detached") {
    const { kind: _, token, ...asked } = owner;
    return Object.keys(asked).length === 0 ? ["d", token] : ["d", token, null, "", asked];
  }
  if (owner.kind === "foreign") return ["f", owner.token, null, owner.source];
  return ["l", owner.token, owner.process === null ? null : processes.place(owner.process), owner.worker];
}

function unpackOwner(packed: PackedOwner, processes: readonly ProcessIdentity[]): Owner {
  const kind = packed[0];
  const token = packed[1];
  const place = packed[2] ?? null;
  const name = packed[3] ?? "";
  if (kind === "d") return { kind: "detached", token, ...packed[4] };
  if (kind === "f") return { kind: "foreign", token, source: name };
  return { kind: "leased", token, process: place === null ? null : (processes[place] ?? null), worker: name };
}

function packAttempt(attempt: Attempt, processes: ProcessList): PackedAttempt {
  const { owner, startedAt, endedAt, outcome, message, exitCode, signal, checkpoint, units, seconds } = attempt;
  const rest = {
    ...(message !== null && { message }),
    ...(exitCode !== null && { exitCode }),
    ...(signal !== null && { signal }),
    ...(checkpoint !== null && { checkpoint }),
    ...(units !== undefined && { units }),
    ...(seconds !== undefined && { seconds }),
  };
  return [packOwner(owner, processes), startedAt, endedAt, outcome, Object.keys(rest).length === 0 ? 0 : rest];
}

const NO_REST: Exclude<PackedAttempt[4], 0> = {};

function unpackAttempt(packed: PackedAttempt, index: number, processes: readonly ProcessIdentity[]): Attempt {
  const rest = packed[4] === 0 ? NO_REST : packed[4];
  return {
    index,
    owner: unpackOwner(packed[0], processes),
    startedAt: packed[1],
    endedAt: packed[2],
    outcome: packed[3],
    message: rest.message ?? null,
    exitCode: rest.exitCode ?? null,
    signal: rest.signal ?? null,
    checkpoint: rest.checkpoint ?? null,
    ...(rest.units !== undefined && { units: rest.units }),
    ...(rest.seconds !== undefined && { seconds: rest.seconds }),
  };
}

function packRare(record: TrialRecord): RareFields | 0 {
  const { attributes, systemAttributes, invalid, losses, reports, reportBatches } = record;
  const rare: RareFields = {
    ...(record.configuration !== record.number && { configuration: record.configuration }),
    ...(record.ranUnder !== null && record.ranUnder !== record.spaceVersion && { ranUnder: record.ranUnder }),
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
    ...(record.past !== null && { past: record.past }),
  };
  return Object.keys(rare).length === 0 ? 0 : rare;
}

/** The record as a list; `processes` collects the identities of its owners. */
export function packTrial(record: TrialRecord, processes: ProcessList): PackedTrial {
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

const NO_REPORTS: NonNullable<RareFields["reports"]> = [];
const NO_BATCHES: NonNullable<RareFields["batches"]> = [];
const NO_DEFINITIONS: TrialRecord["definitions"] = [];
const NO_INVALID: readonly RevisionInterval[] = [];
/** Shared, for a record's attributes are replaced and never changed. */
const NO_ATTRIBUTES: TrialRecord["attributes"] = {};
const NO_RARE: RareFields = {};

/** Lists are read by place: a command reads a study once, and until code is warm taking them apart costs several times as much. */
export function unpackTrial(number: number, packed: PackedTrial, processes: readonly ProcessIdentity[]): TrialRecord {
  const values = packed[3];
  const proposed = packed[6];
  const started = packed[7];
  const finished = packed[8];
  const rare = packed[12] === 0 ? NO_RARE : packed[12];
  return {
    number,
    configuration: rare.configuration ?? number,
    replicate: rare.replicate ?? null,
    params: packed[0],
    offered: rare.offered ?? null,
    definitions: rare.definitions ?? NO_DEFINITIONS,
    spaceVersion: packed[10],
    ranUnder: rare.ranUnder ?? (packed[4].length === 0 ? null : packed[10]),
    origin: packed[9],
    suggestion: packed[11],
    state: packed[1],
    outcome: packed[2],
    message: rare.message ?? null,
    values,
    segments: packed[4].map((segment) => ({
      until: segment[0],
      attempts: segment[1].map((one, index) => unpackAttempt(one, index, processes)),
    })),
    reports: (rare.reports ?? NO_REPORTS).map((one, seq): Report => ({ seq, step: one[0], values: one[1] })),
    reportBatches: (rare.batches ?? NO_BATCHES).map((one): ReportBatch => ({ revision: one[0], next: one[1] })),
    ends: packed[5].map((end) => unpackEnd(end, values)),
    losses: rare.losses ?? 0,
    proposedRevision: proposed[0],
    startedRevision: started[0],
    finishedRevision: finished[0],
    proposedAt: proposed[1],
    startedAt: started[1],
    finishedAt: finished[1],
    invalid: (rare.invalid ?? NO_INVALID).slice(),
    attributes: rare.attributes ?? NO_ATTRIBUTES,
    systemAttributes: rare.systemAttributes ?? NO_ATTRIBUTES,
    past: rare.past ?? null,
    shown: null,
  };
}

function unpackEnd(packed: PackedTrial[5][number], values: Values): SegmentEnd {
  return {
    segment: packed[0],
    revision: packed[1],
    state: packed[2],
    outcome: packed[3],
    step: packed[4],
    values: packed[5] ?? values,
  };
}

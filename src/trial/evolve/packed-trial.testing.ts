import type { Params } from "../../space/json.ts";
import type { EncodedNumber } from "../encoded-number.ts";
import type { Owner, ProcessIdentity } from "../owner.ts";
import type { ReportList } from "../table/report-list.ts";
import type { Attempt, Outcome, RevisionInterval, Values } from "../trial.ts";
import type { TrialRecord } from "./trial-record.ts";

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
  rest:
    | {
        readonly [K in
          | "message"
          | "exitCode"
          | "signal"
          | "checkpoint"
          | "units"
          | "seconds"
          | "missing"
          | "cost"]?: Attempt[K];
      }
    | 0,
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
  readonly decisions?: NonNullable<TrialRecord["decisions"]>;
  /** How many reports each end takes in; left out where all take in all. */
  readonly taken?: readonly number[];
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

function packAttempt(attempt: Attempt, processes: ProcessList): PackedAttempt {
  const { owner, startedAt, endedAt, outcome, message, exitCode, signal, checkpoint, units, seconds, missing, cost } =
    attempt;
  const rest = {
    ...(message !== null && { message }),
    ...(exitCode !== null && { exitCode }),
    ...(signal !== null && { signal }),
    ...(checkpoint !== null && { checkpoint }),
    ...(units !== undefined && { units }),
    ...(seconds !== undefined && { seconds }),
    ...(missing !== undefined && { missing }),
    ...(cost !== undefined && { cost }),
  };
  return [packOwner(owner, processes), startedAt, endedAt, outcome, Object.keys(rest).length === 0 ? 0 : rest];
}

function packRare(record: TrialRecord): RareFields | 0 {
  const { attributes, systemAttributes, invalid, losses, reports } = record;
  const rare: RareFields = {
    ...(record.configuration !== record.number && { configuration: record.configuration }),
    ...(record.ranUnder !== null && record.ranUnder !== record.spaceVersion && { ranUnder: record.ranUnder }),
    ...(record.offered !== null && { offered: record.offered }),
    ...(record.definitions.length > 0 && { definitions: record.definitions }),
    ...(record.replicate !== null && { replicate: record.replicate }),
    ...(record.message !== null && { message: record.message }),
    ...(reports.length > 0 && {
      reports: Array.from(reports, ({ step, values }) => [step, values] as const),
      batches: batchesOf(reports),
    }),
    ...(losses > 0 && { losses }),
    ...(invalid.length > 0 && { invalid }),
    ...(Object.keys(attributes).length > 0 && { attributes }),
    ...(Object.keys(systemAttributes).length > 0 && { systemAttributes }),
    ...(record.decisions !== null && { decisions: record.decisions }),
    ...(record.ends.some((end) => end.reports !== reports.length) && { taken: record.ends.map((end) => end.reports) }),
  };
  return Object.keys(rare).length === 0 ? 0 : rare;
}

/** After each revision that brought reports: how many there were. */
function batchesOf(reports: ReportList): NonNullable<RareFields["batches"]> {
  const batches: [revision: number, next: number][] = [];
  for (let seq = 0; seq < reports.length; seq++) {
    const revision = reports.revision(seq);
    if (batches.at(-1)?.[0] === revision) batches.pop();
    batches.push([revision, seq + 1]);
  }
  return batches;
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

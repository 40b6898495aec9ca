import { type Parameter, type Space, spaceFromJson } from "../../space/index.ts";
import { carryOver, countedParams, liesWithin, type SpaceVersion } from "../carry-over.ts";
import { configurationAt, paramsAt, type SegmentEnd, type TrialRecord } from "../evolve/trial-record.ts";
import type { HistoryColumns } from "../history-view.ts";
import type { Definition } from "../trial.ts";
import { ColumnStore, type CountedTrial } from "./column-store.ts";
import { type EndedTrial, KnownSpace } from "./known-space.ts";

type RecordOf = (trial: number) => TrialRecord;

/** The rows of a history as the trials count in one version of the space, and what programs asked for besides. */
export class SpaceColumns {
  readonly store: ColumnStore;
  readonly known = new KnownSpace();
  #versions: readonly SpaceVersion[] = [];
  #declared: Space = { parameters: [], where: [] };

  constructor(metrics: readonly string[]) {
    this.store = new ColumnStore(metrics);
  }

  /** Of all that happened before revision `until`, in the last of these versions of the space. */
  static before(
    until: number,
    metrics: readonly string[],
    versions: readonly SpaceVersion[],
    trials: Iterable<TrialRecord>,
  ): SpaceColumns {
    const columns = new SpaceColumns(metrics);
    const rows: { readonly record: TrialRecord; readonly end: SegmentEnd }[] = [];
    for (const record of trials) for (const end of record.ends) if (end.revision < until) rows.push({ record, end });
    rows.sort((a, b) => a.end.revision - b.end.revision);
    columns.learnAll(trials, until);
    columns.respace(versions, () => {
      throw new Error("there are no rows yet");
    });
    for (const { record, end } of rows) columns.add(record, end);
    return columns;
  }

  /** Takes another version of the space, the last of these. */
  respace(versions: readonly SpaceVersion[], recordOf: RecordOf): void {
    this.#versions = versions;
    const newest = versions.at(-1);
    this.#declared = newest === undefined ? { parameters: [], where: [] } : spaceFromJson(newest.value);
    this.known.declare(this.#declared.parameters.map(({ name }) => name));
    this.store.respace(this.#parameters, (trial, revision) => this.counted(recordOf(trial), revision));
  }

  /** What a program asked for in the event of that revision. */
  define(revision: number, definitions: readonly Definition[], trials: Iterable<TrialRecord>): void {
    if (this.known.isEmpty) this.learnAll(trials, revision + 1);
    else this.known.define(revision, definitions);
    this.store.extend(this.#parameters);
  }

  /** Learns of a trial that ended at that revision. */
  learn(record: TrialRecord, revision: number): void {
    if (!this.known.isEmpty && record.finishedRevision === revision) this.known.end(endedTrial(record, revision));
  }

  add(record: TrialRecord, end: SegmentEnd): void {
    const configuration = configurationAt(record, end);
    this.store.add({ number: record.number, configuration, ...this.counted(record, end.revision) }, end);
  }

  /** What a trial counts as in the space: its own parameters unless the space changed since it was made. */
  counted(record: TrialRecord, revision: number): CountedTrial {
    const own = paramsAt(record, revision);
    if (record.spaceVersion >= this.#versions.length) return { params: own, within: true };
    const carried = carryOver(own, record.spaceVersion, this.#versions);
    const params = countedParams(this.#declared, carried, record.definitions);
    return { params, within: liesWithin(this.#declared, params) };
  }

  /** The columns without those of parameters that nobody had asked for by `revision`. */
  columnsAt(revision: number): HistoryColumns {
    const { columns } = this.store;
    const later = this.known.askedAfter(revision);
    if (later.length === 0) return columns;
    const declared = new Set(this.#declared.parameters.map(({ name }) => name));
    const hidden = new Set(later.filter((name) => !declared.has(name)));
    const params = Object.fromEntries(Object.entries(columns.params).filter(([name]) => !hidden.has(name)));
    return { ...columns, params };
  }

  /** Definitions and ends before revision `until` in the order of the log, if there is a definition. */
  learnAll(trials: Iterable<TrialRecord>, until: number): void {
    const steps = [...trials].flatMap((record) => [
      ...record.definitions.map((definition) => ({ at: definition.revision, definition, record: null })),
      ...(record.finishedRevision === null ? [] : [{ at: record.finishedRevision, definition: null, record }]),
    ]);
    const known = steps.filter(({ at }) => at < until).sort((a, b) => a.at - b.at);
    if (known.every(({ definition }) => definition === null)) return;
    for (const { at, definition, record } of known) {
      if (definition !== null) this.known.define(at, [definition]);
      else this.known.end(endedTrial(record, at));
    }
  }

  /** Declared ones first; a name that is declared by now is its declaration's. */
  get #parameters(): readonly Parameter[] {
    const { parameters } = this.#declared;
    const names = new Set(parameters.map(({ name }) => name));
    return [...parameters, ...this.known.parameters.filter(({ name }) => !names.has(name))];
  }
}

function endedTrial({ params, state }: TrialRecord, revision: number): EndedTrial {
  return { revision, params, whole: state !== "failed" };
}

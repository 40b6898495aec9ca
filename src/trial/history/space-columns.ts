import { activeParameters, type Parameter, type Space, spaceFromJson } from "../../space/index.ts";
import type { Params } from "../../space/json.ts";
import { carryOver, liesWithin, paramsInSpace, type SpaceVersion } from "../carry-over.ts";
import { configurationAt, paramsAt, type SegmentEnd, type TrialRecord } from "../evolve/trial-record.ts";
import type { HistoryColumns } from "../history-view.ts";
import type { Definition } from "../trial.ts";
import { ColumnStore, type TrialInSpace } from "./column-store.ts";
import { type EndedTrial, KnownSpace } from "./known-space.ts";

type RecordOf = (trial: number) => TrialRecord;

/** Trials by number. */
interface Trials extends Iterable<TrialRecord> {
  get(number: number): TrialRecord | undefined;
}

/** The rows of a history as the trials count in one version of the space, and what programs asked for besides. */
export class SpaceColumns {
  readonly store: ColumnStore;
  readonly known = new KnownSpace();
  #versions: readonly SpaceVersion[] = [];
  #declared: Space = { parameters: [], where: [] };

  constructor(metrics: readonly string[]) {
    this.store = new ColumnStore(metrics);
  }

  /** Of all that happened before revision `until`, in the last of these versions of the space; `defined`: some trial may have asked for parameters; `visit` sees each trial. */
  static before(
    until: number,
    metrics: readonly string[],
    versions: readonly SpaceVersion[],
    trials: Trials,
    defined: boolean,
    visit: (record: TrialRecord) => void = () => {},
  ): SpaceColumns {
    const columns = new SpaceColumns(metrics);
    // Numbers alone: records are made for whoever asks, and all of them at once would take several kilobytes each.
    const ends: { readonly number: number; readonly place: number; readonly revision: number }[] = [];
    for (const record of trials) {
      visit(record);
      for (const [place, { revision }] of record.ends.entries())
        if (revision < until) ends.push({ number: record.number, place, revision });
    }
    ends.sort((a, b) => a.revision - b.revision);
    if (defined) columns.learnAll(trials, until);
    columns.respace(versions, (trial) => trials.get(trial)!);
    for (const { number, place } of ends) {
      const record = trials.get(number)!;
      columns.add(record, record.ends[place]!);
    }
    return columns;
  }

  /** Takes another version of the space, the last of these. */
  respace(versions: readonly SpaceVersion[], recordOf: RecordOf): void {
    this.#versions = versions;
    const newest = versions.at(-1);
    this.#declared = newest === undefined ? { parameters: [], where: [] } : spaceFromJson(newest.value);
    this.known.declare(this.#declared.parameters.map(({ name }) => name));
    this.store.respace(this.#parameters, (trial, revision) => this.inSpace(recordOf(trial), revision));
  }

  /** What a program asked for in the event of that revision. */
  define(revision: number, definitions: readonly Definition[], trials: Iterable<TrialRecord>): void {
    if (this.known.isEmpty) for (const ended of endedBefore(trials, revision)) this.known.end(ended);
    this.known.define(revision, definitions);
    this.store.extend(this.#parameters);
  }

  /** Learns of a trial that ended at that revision. */
  learn(record: TrialRecord, revision: number): void {
    if (!this.known.isEmpty && record.finishedRevision === revision) this.known.end(endedTrial(record, revision));
  }

  add(record: TrialRecord, end: SegmentEnd): void {
    const configuration = configurationAt(record, end);
    const { number, replicate } = record;
    this.store.add({ number, configuration, replicate, ...this.inSpace(record, end.revision) }, end);
  }

  /** Columns for more metrics. */
  addMetrics(names: readonly string[], recordOf: RecordOf): void {
    this.store.addMetrics(
      names,
      (trial, at) => recordOf(trial).ends.find(({ revision }) => revision === at)?.values ?? {},
    );
  }

  /** What a trial counts as in the space: its own parameters unless the space changed since it was made. */
  inSpace(record: TrialRecord, revision: number): TrialInSpace {
    const own = paramsAt(record, revision);
    if (record.spaceVersion >= this.#versions.length)
      return { params: own, within: !isGivenElsewhere(record) || isPointOf(this.#declared, own) };
    const carried = carryOver(own, record.spaceVersion, this.#versions);
    const params = paramsInSpace(this.#declared, carried, record.definitions);
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
    const steps: { readonly at: number; readonly definition?: Definition; readonly ended?: EndedTrial }[] = [];
    for (const record of trials) {
      for (const { revision, ...definition } of record.definitions)
        if (revision < until) steps.push({ at: revision, definition });
      const { finishedRevision: at } = record;
      if (at !== null && at < until) steps.push({ at, ended: endedTrial(record, at) });
    }
    if (steps.every(({ definition }) => definition === undefined)) return;
    for (const { at, definition, ended } of steps.sort((a, b) => a.at - b.at)) {
      if (definition !== undefined) this.known.define(at, [definition]);
      if (ended !== undefined) this.known.end(ended);
    }
  }

  /** Declared ones first; a name that is declared by now is its declaration's. */
  get #parameters(): readonly Parameter[] {
    const { parameters } = this.#declared;
    const names = new Set(parameters.map(({ name }) => name));
    return [...parameters, ...this.known.parameters.filter(({ name }) => !names.has(name))];
  }
}

/** An imported trial may have been chosen from other domains than the space declares; what it asked for later changes nothing of that. */
function isGivenElsewhere({ origin, definitions, proposedRevision }: TrialRecord): boolean {
  return origin === "imported" && definitions.some(({ revision }) => revision === proposedRevision);
}

/** With a value of each parameter that is active, none of them outside. */
function isPointOf(space: Space, params: Params): boolean {
  return liesWithin(space, params) && activeParameters(space, params).every(({ name }) => Object.hasOwn(params, name));
}

/** Trials that ended before that revision, in the order of their ends. */
function endedBefore(trials: Iterable<TrialRecord>, revision: number): readonly EndedTrial[] {
  const ended: EndedTrial[] = [];
  for (const record of trials) {
    const { finishedRevision: at } = record;
    if (at !== null && at < revision) ended.push(endedTrial(record, at));
  }
  return ended.sort((a, b) => a.revision - b.revision);
}

function endedTrial({ params, state }: TrialRecord, revision: number): EndedTrial {
  return { revision, params, whole: state !== "failed" };
}

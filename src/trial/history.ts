import { AttuneError } from "../errors.ts";
import type { Parameter, Space } from "../space/index.ts";
import type { SpaceVersion } from "./carry-over.ts";
import type { LoggedEvent, StudyEvent } from "./event.ts";
import { evolve } from "./evolve/evolve.ts";
import { type TrialRecord, wasInvalid } from "./evolve/trial-record.ts";
import { deltaOf, isPaused, isPending, wasPaused } from "./history/delta-of.ts";
import { type JointView, jointView } from "./history/joint-view.ts";
import { LazyDelta } from "./history/lazy-delta.ts";
import { RecentChanges } from "./history/recent-changes.ts";
import { SpaceColumns } from "./history/space-columns.ts";
import { ViewAt } from "./history/view-at.ts";
import { VisibleRows } from "./history/visible-rows.ts";
import type { HistoryColumns, HistoryView, PendingTrial } from "./history-view.ts";
import { StudyState } from "./study-state.ts";

/**
 * The columns that samplers and schedulers read: fed with the log's events in order, viewed as of any revision so far. A view
 * is what was known then: parameters are encoded by the space in force at its revision, with what their trials counted as in it.
 */
export class History {
  readonly #state: StudyState;
  /** True when the state is this object's own to bring forward. */
  readonly #own: boolean;
  #metrics: readonly string[];
  readonly #metricsAt: ((revision: number) => readonly string[]) | null;
  readonly #columns: SpaceColumns;
  /** Trials that wait or run. */
  readonly #open = new Set<number>();
  readonly #paused = new Set<number>();
  readonly #visible = new VisibleRows();
  /** Columns in an earlier version of the space, as they were asked for last. */
  #older: { readonly version: number; readonly columns: SpaceColumns } | null = null;
  #recent = new RecentChanges();
  /** Revision at which a trial was last hidden or shown again. */
  #toggledAt = 0;
  #revision = 0;

  /**
   * @param metrics names of metrics: one column of values each.
   * @param state a state to share (its owner evolves it before the event is applied here); begins with all it knows.
   * @param metricsAt which of them a view of a revision has; left out, all.
   */
  constructor(
    metrics: readonly string[],
    state: StudyState | null = null,
    metricsAt: ((revision: number) => readonly string[]) | null = null,
  ) {
    this.#metrics = metrics;
    this.#metricsAt = metricsAt;
    this.#own = state === null;
    this.#state = state ?? new StudyState();
    this.#columns = this.#state.revision > 0 ? this.#filled(this.#state) : new SpaceColumns(metrics);
  }

  /** Revision of the newest event applied. */
  get revision(): number {
    return this.#revision;
  }

  /** Takes the next event; one that is known already changes nothing. */
  apply(logged: LoggedEvent): void {
    if (logged.revision <= this.#revision) return;
    if (this.#own) evolve(this.#state, logged);
    if (logged.revision !== this.#revision + 1 || this.#state.revision < logged.revision) {
      throw new AttuneError(
        "internal",
        `The history is at revision ${this.#revision}, its state at ${this.#state.revision}: revision ${logged.revision} does not follow.`,
      );
    }
    this.#revision = logged.revision;
    this.#recent.add("trial" in logged.event ? logged.event.trial : null);
    this.#follow(logged.event);
  }

  /** Keeps columns of more metrics from now on, for all rows. */
  addMetrics(names: readonly string[]): void {
    const added = names.filter((name) => !this.#metrics.includes(name));
    if (added.length === 0) return;
    this.#metrics = [...this.#metrics, ...added];
    this.#columns.addMetrics(added, (trial) => this.#record(trial));
    this.#older = null;
  }

  /** The history as of `revision` (default: the newest). AttuneError `internal` for one not applied yet. */
  view(revision: number = this.#revision): HistoryView {
    this.#requireKnown(revision);
    const columns = this.#columnsAt(revision);
    const length = columns.store.lengthAt(revision);
    const { outside, firstOutside } = columns.store;
    return new ViewAt({
      revision,
      columns: this.#shown(columns.columnsAt(revision), revision),
      outside: firstOutside < length ? outside : null,
      makePending: () => this.#pendingAt(revision),
      makePaused: () => this.#pausedAt(revision),
      makeRows: () => this.#visibleRows(0, length, revision),
      recordOf: (number) => this.#state.tables.trials.get(number),
      leftOut: false,
      history: this,
    });
  }

  /**
   * The space to suggest in at `revision`: the declared one, and what programs had asked for by then, under the conditions that
   * the trials ended by then show.
   */
  spaceAt(revision: number, declared: Space): Space {
    return this.#columnsAt(revision).known.at(revision, declared);
  }

  /** All parameters that programs had asked for by `revision`, beside the declared ones; with the values of all trials together. */
  askedAt(revision: number, declared: Space): readonly Parameter[] {
    return this.#columns.known.askedAt(revision, declared);
  }

  /** A parameter that programs had asked for by `revision`, with the values of all trials together; null when there is none. */
  parameterAt(name: string, revision: number): Parameter | null {
    return this.#columns.known.parameterAt(name, revision);
  }

  /** The trials as of `revision` that have a value of the parameter, beside those of the `given` ones that most of them have. */
  viewOf(parameter: Parameter, given: readonly Parameter[], revision: number, viewer: number): JointView {
    const recordOf = (trial: number) => this.#record(trial);
    const metrics = this.#metricsAt?.(revision) ?? this.#metrics;
    return jointView({ whole: this.view(revision), metrics, recordOf, parameter, given, viewer });
  }

  /** The columns with the metrics that were looked at then, and no others. */
  #shown(columns: HistoryColumns, revision: number): HistoryColumns {
    const names = this.#metricsAt?.(revision) ?? this.#metrics;
    if (names.length === this.#metrics.length) return columns;
    return { ...columns, values: Object.fromEntries(names.map((name) => [name, columns.values[name]!])) };
  }

  /**
   * What changed from one revision to a later one. Its rows cost nothing, its trials as much as happened in between, or a look at all of
   * them if that is very long ago.
   */
  delta(from: number, to: number): LazyDelta {
    this.#requireKnown(to);
    const { store } = this.#columns;
    const added = this.#visibleRows(store.lengthAt(from), store.lengthAt(to), to);
    const respaced = this.#spacesBy(to)
      .slice(1)
      .some(({ revision }) => revision > from);
    return new LazyDelta(added, respaced, () => deltaOf(this.#touched(from, to), from, to));
  }

  /** The trials that events in between spoke of, and maybe others. */
  #touched(from: number, to: number): Iterable<TrialRecord> {
    const recent = this.#recent.between(from, to);
    return recent === null ? this.#state.tables.trials : recent.map((trial) => this.#record(trial));
  }

  #requireKnown(revision: number): void {
    if (revision <= this.#revision) return;
    throw new AttuneError(
      "internal",
      `A view of revision ${revision} is asked for, the history is at ${this.#revision}.`,
    );
  }

  #record(trial: number): TrialRecord {
    const record = this.#state.tables.trials.get(trial);
    if (record === undefined)
      throw new AttuneError("internal", `The history holds trial ${trial}, its state does not.`);
    return record;
  }

  #follow(event: StudyEvent): void {
    switch (event.type) {
      case "study-created":
      case "space-changed":
        this.#columns.respace(this.#spacesBy(this.#revision), (trial) => this.#record(trial));
        break;
      case "proposed":
      case "started":
        this.#file(this.#record(event.trial));
        break;
      case "defined":
        this.#columns.define(this.#revision, event.definitions, this.#state.tables.trials);
        break;
      case "imported":
        if (event.definitions !== undefined)
          this.#columns.define(this.#revision, event.definitions, this.#state.tables.trials);
        this.#addRow(this.#record(event.trial));
        break;
      case "passed":
      case "paused":
      case "finished":
        this.#addRow(this.#record(event.trial));
        break;
      case "invalidated":
      case "restored":
        this.#toggle(this.#record(event.trial), event.type === "restored");
        break;
      default:
        break;
    }
  }

  #addRow(record: TrialRecord): void {
    this.#file(record);
    this.#columns.learn(record, this.#revision);
    for (const end of record.ends) {
      if (end.revision !== this.#revision) continue;
      if (!wasInvalid(record, this.#revision)) this.#visible.add(this.#columns.store.length);
      this.#columns.add(record, end);
    }
  }

  /** Puts a trial where its state belongs. */
  #file(record: TrialRecord): void {
    const { number, finishedRevision } = record;
    this.#open.delete(number);
    this.#paused.delete(number);
    if (finishedRevision !== null && finishedRevision <= this.#revision) return;
    (wasPaused(record, this.#revision) ? this.#paused : this.#open).add(number);
  }

  #toggle(record: TrialRecord, visible: boolean): void {
    const { store } = this.#columns;
    const ends = record.ends.filter(({ revision }) => revision <= this.#revision);
    const rows = ends.map(({ revision }) => store.lengthAt(revision) - 1);
    this.#visible.change(rows, visible);
    this.#toggledAt = this.#revision;
  }

  /** Takes over all that a state made elsewhere (from a snapshot) knows. */
  #filled(state: StudyState): SpaceColumns {
    const { trials, spaces, unfinished, everDefined } = state.tables;
    this.#revision = state.revision;
    this.#recent = new RecentChanges(this.#revision);
    for (const number of unfinished) this.#file(this.#record(number));
    const hidden = new Set<number>();
    const look = ({ number, invalid }: TrialRecord): void => {
      const mark = invalid.at(-1);
      if (mark === undefined) return;
      this.#toggledAt = Math.max(this.#toggledAt, mark.to ?? mark.from);
      if (mark.to === null) hidden.add(number);
    };
    const columns = SpaceColumns.before(Number.POSITIVE_INFINITY, this.#metrics, spaces, trials, everDefined, look);
    const { trial } = columns.store.columns;
    for (let row = 0; row < columns.store.length; row++) if (!hidden.has(trial[row]!)) this.#visible.add(row);
    return columns;
  }

  #spacesBy(revision: number): readonly SpaceVersion[] {
    const { spaces } = this.#state.tables;
    return spaces.slice(0, spaces.findLastIndex((version) => version.revision <= revision) + 1);
  }

  /** The columns in the space that was in force: those of an earlier one are made when somebody asks, which hardly anybody does. */
  #columnsAt(revision: number): SpaceColumns {
    const versions = this.#spacesBy(revision);
    const next = this.#state.tables.spaces[versions.length];
    if (next === undefined || next.revision > this.#revision) return this.#columns;
    if (this.#older?.version !== versions.length) {
      const { trials, everDefined } = this.#state.tables;
      const columns = SpaceColumns.before(next.revision, this.#metrics, versions, trials, everDefined);
      this.#older = { version: versions.length, columns };
    }
    return this.#older.columns;
  }

  #pendingAt(revision: number): readonly PendingTrial[] {
    const columns = this.#columnsAt(revision);
    const pending: PendingTrial[] = [];
    for (const number of new Set([...this.#open, ...this.#rowedAfter(revision)])) {
      const record = this.#record(number);
      if (!isPending(record, revision)) continue;
      const { params } = columns.inSpace(record, revision);
      const { offered } = record;
      pending.push({ number, params: offered === null ? params : { ...offered, ...params } });
    }
    return pending.sort((a, b) => a.number - b.number);
  }

  #pausedAt(revision: number): readonly number[] {
    // One that runs by now may have been paused then.
    const since = revision < this.#revision ? [...this.#open, ...this.#rowedAfter(revision)] : [];
    return [...new Set([...this.#paused, ...since])]
      .filter((number) => isPaused(this.#record(number), revision))
      .sort((a, b) => a - b);
  }

  /** Trials that got a row after that revision: what they are now they may not have been then. */
  #rowedAfter(revision: number): Int32Array {
    const { store } = this.#columns;
    return store.columns.trial.subarray(store.lengthAt(revision), store.length);
  }

  #visibleRows(begin: number, end: number, revision: number): Int32Array {
    if (revision >= this.#toggledAt) return this.#visible.between(begin, end);
    const { trial } = this.#columns.store.columns;
    const all = Int32Array.from({ length: end - begin }, (_none, k) => begin + k);
    return all.filter((row) => !wasInvalid(this.#record(trial[row]!), revision));
  }
}

import type { FidelityParameter } from "../../space/index.ts";
import { type HistoryView, STATE_CODES } from "../../trial/history-view.ts";
import type { Trial } from "../../trial/trial.ts";
import { Ladder } from "./ladder.ts";
import type { RungOrder, RungPlace } from "./order/rung-order.ts";
import { Resumptions } from "./resumptions.ts";
import { type Reached, RungCourse, type RungResult } from "./rung-course.ts";
import type { RungJudge, RungOrders } from "./rung-judge.ts";
import { RungTrusts } from "./rung-trusts.ts";

const COMPLETE = STATE_CODES.indexOf("complete");
const FAILED = STATE_CODES.indexOf("failed");

export interface RungOptions {
  readonly reduction: number;
  /** Step of the lowest rung; null: learnt from the first trial that is complete. */
  readonly smallest: number | null;
  /** Largest step, or null: the largest that a complete trial came to. */
  readonly largest: number | null;
  /** Steps that a value is the mean of. */
  readonly smooth: number;
  /** What the study declares that says how far a trial is run, where runs and not reports are at rungs; else left out. */
  readonly fidelity?: FidelityParameter;
}

/** What trials came to at each rung, and who waits there, read from the rows of one view after another, each once. */
export class RungResults {
  readonly #options: RungOptions;
  readonly #judge: RungJudge;
  readonly #belongs: (view: HistoryView, trial: number, ladder: Ladder) => boolean;
  #view: HistoryView | null = null;
  #ladder: Ladder | null = null;
  #largest: number | null = null;
  /** Those that came to a rung, and of them those that are paused and have come to no higher one. */
  #rungs: RungOrder[] = [];
  #orders: RungOrders;
  /** Of each trial how many reports its rows have taken in, and the highest rung that it came to with these. */
  #taken = new Map<number, { readonly count: number; readonly rung: number }>();
  /** Rung at which a trial is listed as waiting. */
  #waits = new Map<number, number>();
  /** Rows read before the ladder was known. */
  #early: number[] = [];
  /** Whatever views say, these follow from reports alone: kept while the ladder is the same. */
  #courses = new Map<number, RungCourse>();
  #reach: number | null = null;
  /** Of each rung, what is known of its order beside that of the rung above. */
  #trusts: RungTrusts[] = [];
  #resumptions = new Resumptions();
  #anyWhole = false;
  #complete = 0;
  #failed = 0;

  /** `belongs`: the trials that are compared; left out, all. */
  constructor(
    options: RungOptions,
    judge: RungJudge,
    belongs: (view: HistoryView, trial: number, ladder: Ladder) => boolean = () => true,
  ) {
    this.#options = options;
    this.#judge = judge;
    this.#belongs = belongs;
    this.#orders = this.#newOrders();
    this.#begin();
  }

  /** Reads what is new in a view. */
  follow(view: HistoryView): void {
    if (view === this.#view) return;
    const delta = this.#view === null ? null : view.since(this.#view);
    const goesOn = delta !== null && delta.hidden.length === 0 && delta.restored.length === 0;
    if (!goesOn) this.#begin();
    const laddered = goesOn && this.#ladder !== null;
    const rows = goesOn ? delta.added : view.rows;
    for (const row of rows) this.#add(view, row);
    this.#view = view;
    // Who is paused has a row that says so; who no longer is has begun anew.
    const begun = goesOn ? delta.started : view.pending.map(({ number }) => number);
    for (const trial of touchedBy(view, rows, begun)) {
      const record = view.trial(trial);
      if (record !== undefined) this.#note(record);
      if (laddered) this.#place(trial, record?.state === "paused");
    }
    if (!laddered && this.#ladder !== null) for (const trial of view.paused) this.#place(trial, true);
  }

  #note(record: Trial): void {
    this.#resumptions.take(record);
    const { fidelity } = this.#options;
    const isWhole = (until: number | null) => until === null || (fidelity !== undefined && until >= fidelity.high);
    this.#anyWhole ||= record.segments.some(({ until }) => isWhole(until));
  }

  /** Whether a trial was run to its own end, or is on its way there. */
  get anyWhole(): boolean {
    return this.#anyWhole;
  }

  /** Trials that are complete, and trials that failed after they had come to a rung. */
  get ended(): { readonly complete: number; readonly failed: number } {
    return { complete: this.#complete, failed: this.#failed };
  }

  /** What is known of the order of trials at a rung. */
  trustIn(rung: number): RungTrusts {
    this.#trusts[rung] ??= new RungTrusts(this.#judge.metrics);
    return this.#trusts[rung];
  }

  /** Whether trials that are promoted begin anew, by the record of those that were; where nothing tells, those with a fidelity do. */
  get beginAnew(): boolean {
    return this.#resumptions.beginAnew ?? this.#options.fidelity !== undefined;
  }

  /** Null until a trial has come to its end. */
  get ladder(): Ladder | null {
    return this.#ladder;
  }

  /** Largest step known: what lies at or beyond it is a trial's own end. */
  get largest(): number {
    return this.#largest ?? Number.POSITIVE_INFINITY;
  }

  /** How many came to the rung. */
  countAt(rung: number): number {
    return this.#rungs[rung]?.length ?? 0;
  }

  /** Best first. */
  at(rung: number): readonly RungResult[] {
    return [...(this.#rungs[rung] ?? [])];
  }

  /** The best of those that came to the rung. */
  bestAt(rung: number): RungResult | undefined {
    return this.#rungs[rung]?.first;
  }

  /** The best of those that are paused at the rung, and how many that came there are better. */
  bestWaitingAt(rung: number): (RungPlace & { readonly result: RungResult }) | null {
    const there = this.#rungs[rung];
    const result = there?.firstWaiting;
    return there === undefined || result === undefined ? null : { result, ...there.placeOf(result) };
  }

  /** Whether the trial is paused at a rung. */
  isWaiting(trial: number): boolean {
    return this.#waits.has(trial);
  }

  /** The rung that a trial comes to with report `seq`, and its value there; null where it comes to none by it. */
  reachedWith(view: HistoryView, trial: number, seq: number): Reached | null {
    if (this.#ladder === null) return null;
    return this.#courseOf(view, trial, seq + 1, this.#ladder).between(seq, seq + 1)[0] ?? null;
  }

  /** How many other trials were better at the rung, and how many there are. */
  rankAt(rung: number, own: RungResult): RungPlace {
    return this.#rung(rung).placeOf(own);
  }

  #begin(): void {
    this.#view = null;
    this.#rungs = [];
    this.#orders = this.#newOrders();
    this.#taken = new Map();
    this.#waits = new Map();
    this.#early = [];
    this.#trusts = [];
    this.#resumptions = new Resumptions();
    this.#anyWhole = false;
    this.#complete = 0;
    this.#failed = 0;
    this.#ladder = null;
    this.#largest = null;
    if (this.#options.largest !== null) this.#reachTo(this.#options.largest);
  }

  #newOrders(): RungOrders {
    const paramsOf = (trial: number) => this.#view?.trial(trial)?.params ?? {};
    return this.#judge.begin(paramsOf, (rung) => this.largest / this.#ladder!.steps[rung]!);
  }

  #rung(rung: number): RungOrder {
    this.#rungs[rung] ??= this.#orders.at(rung);
    return this.#rungs[rung];
  }

  #place(trial: number, paused: boolean): void {
    const before = this.#waits.get(trial);
    const now = paused ? this.#taken.get(trial)?.rung : undefined;
    if (before === now) return;
    this.#waits.delete(trial);
    if (before !== undefined) this.#rung(before).leave(trial);
    if (now === undefined || now < 0) return;
    this.#waits.set(trial, now);
    this.#rung(now).wait(trial);
  }

  #add(view: HistoryView, row: number): void {
    const { state, step, trial } = view.columns;
    if (state[row] === COMPLETE) this.#complete += 1;
    if (state[row] === FAILED && this.#taken.has(trial[row]!)) this.#failed += 1;
    if (state[row] === COMPLETE && step[row]! > 0 && this.#options.largest === null) {
      this.#reachTo(Math.max(this.#largest ?? 0, step[row]!));
      for (const early of this.#early.splice(0)) this.#take(view, early, this.#ladder!);
    }
    if (this.#ladder === null) this.#early.push(row);
    else this.#take(view, row, this.#ladder);
  }

  #take(view: HistoryView, row: number, ladder: Ladder): void {
    const trial = view.columns.trial[row]!;
    if (!this.#belongs(view, trial, ladder)) return;
    this.#file(view, row, ladder);
    if (view.columns.state[row] !== COMPLETE) return;
    const below = this.#rungs.flatMap((order, rung): readonly (readonly [number, RungResult])[] => {
      const result = ladder.steps[rung]! < this.largest ? order.get(trial) : undefined;
      return result === undefined ? [] : [[rung, result]];
    });
    this.#orders.ended(this.#resultOf(view, row), below);
  }

  /** What a row says of its trial; of other metrics than the first objective what it has a value of. */
  #resultOf({ columns }: HistoryView, row: number): RungResult {
    const { metrics, others } = this.#judge;
    const valueIn = (name: string): number => columns.values[name]?.[row] ?? Number.NaN;
    const told = others.filter((name) => !Number.isNaN(valueIn(name))).map((name) => [name, valueIn(name)]);
    const result = { trial: columns.trial[row]!, value: valueIn(metrics[0]!.name) };
    return others.length === 0 ? result : { ...result, others: Object.fromEntries(told) };
  }

  /** A trial came to its end at this step; the first one makes the ladder. */
  #reachTo(step: number): void {
    this.#largest = step;
    if (this.#ladder !== null) return;
    if (this.#reach !== step) this.#courses = new Map();
    this.#reach = step;
    const { reduction, smallest, fidelity } = this.#options;
    this.#ladder = new Ladder(step, reduction, smallest, fidelity);
  }

  /** A trial's results at the rungs that it came to since the row before. Of one that reports without the metric the row alone tells. */
  #file(view: HistoryView, row: number, ladder: Ladder): void {
    const { trial: trials, step, reports: taken } = view.columns;
    const [trial, count] = [trials[row]!, taken[row]!];
    const before = this.#taken.get(trial) ?? { count: 0, rung: -1 };
    if (this.#options.fidelity !== undefined) {
      // Each run is one at its rung, whatever its reports count.
      const own = ladder.rungAt(step[row]!);
      if (own >= 0) this.#set(own, this.#resultOf(view, row));
      this.#taken.set(trial, { count, rung: Math.max(before.rung, own) });
      return;
    }
    const course = this.#courseOf(view, trial, count, ladder);
    const reached = course.between(before.count, count);
    for (const { rung, seq: _, ...result } of reached) this.#set(rung, result);
    let rung = reached.at(-1)?.rung ?? before.rung;
    if (course.isSilent(count) && ladder.rungAt(step[row]!) > rung) {
      rung = ladder.rungAt(step[row]!);
      this.#set(rung, this.#resultOf(view, row));
    }
    this.#taken.set(trial, { count, rung });
  }

  #courseOf(view: HistoryView, trial: number, count: number, ladder: Ladder): RungCourse {
    const course = this.#courses.get(trial) ?? new RungCourse(trial, this.#judge, ladder, this.#options.smooth);
    this.#courses.set(trial, course);
    const reports = view.reports(trial);
    if (reports !== undefined) course.read(reports, count);
    return course;
  }

  /** The first value at a rung stands: later ones had more steps. */
  #set(rung: number, result: RungResult): void {
    const there = this.#rung(rung);
    if (there.get(result.trial) !== undefined) return;
    there.add(result);
    const below = this.#rungs[rung - 1]?.get(result.trial);
    this.#orders.came(result, below);
    if (below !== undefined) this.trustIn(rung - 1).add(this.#judge.losses(below), this.#judge.losses(result));
  }
}

function touchedBy({ columns }: HistoryView, rows: Int32Array, started: readonly number[]): ReadonlySet<number> {
  const touched = new Set(started);
  for (const row of rows) touched.add(columns.trial[row]!);
  return touched;
}

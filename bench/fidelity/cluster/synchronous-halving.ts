import { OptionReader } from "../../../src/component/option-reader.ts";
import { compareValues } from "../../../src/objective/index.ts";
import { registerScheduler } from "../../../src/scheduler/registry.ts";
import type { EndDecision, NextDecision, ReportDecision, Scheduler } from "../../../src/scheduler/scheduler.ts";
import type { FidelityParameter } from "../../../src/space/index.ts";
import type { HistoryView } from "../../../src/trial/history-view.ts";
import type { Metric } from "../../../src/trial/metric.ts";

/** What it is called among schedulers. */
export const SYNCHRONOUS = "synchronous";

const REDUCTION = 3;
const RUNGS = 4;

/** The fidelities of the rungs, the full run last. */
export function rungsOf({ type, low, high }: FidelityParameter): readonly number[] {
  const exact = Array.from({ length: RUNGS }, (_, k) => high / REDUCTION ** (RUNGS - 1 - k)).filter((at) => at >= low);
  return type === "int" ? exact.map((at) => Math.ceil(at - 1e-9)) : exact;
}

/**
 * Successive halving in brackets of `size` trials, one after the other: nobody is promoted before the last one of a rung has ended. What
 * asynchronous promotion is compared with, and no scheduler of the product.
 */
export function registerSynchronousHalving(): void {
  registerScheduler({
    ...{ name: SYNCHRONOUS, watches: false, promotes: true },
    create: (options, metrics, fidelity) => {
      const reader = new OptionReader(`scheduler ${SYNCHRONOUS}`, options);
      const size = reader.integer("size", { low: 1, high: 1e6, default: REDUCTION ** (RUNGS - 1) });
      reader.done();
      if (fidelity == null) throw new Error(`the scheduler ${SYNCHRONOUS} needs a fidelity`);
      return new SynchronousHalving(size, metrics[0]!, rungsOf(fidelity));
    },
  });
}

class SynchronousHalving implements Scheduler {
  readonly name = SYNCHRONOUS;
  readonly #size: number;
  readonly #metric: Metric;
  readonly #steps: readonly number[];
  #view: HistoryView | null = null;
  #begun = 0;
  #bracket = 0;
  /** Of the bracket's trials: what they came to at each rung, and who was promoted to it. */
  #results: Map<number, number>[] = [];
  #promoted: Set<number>[] = [];
  /** Those at the rung that is being promoted from, best first. */
  #ranked: { readonly rung: number; readonly trials: readonly number[] } | null = null;

  constructor(size: number, metric: Metric, steps: readonly number[]) {
    this.#size = size;
    this.#metric = metric;
    this.#steps = steps;
    this.#open(0);
  }

  onReport(): ReportDecision {
    return { action: "continue" };
  }

  onEnd(_view: HistoryView, { segments }: Parameters<NonNullable<Scheduler["onEnd"]>>[1]): EndDecision {
    const until = segments.at(-1)?.until ?? null;
    return until === this.#steps.at(-1) ? { action: "finish" } : { action: "pause", reason: `ran to ${until}` };
  }

  next(view: HistoryView): NextDecision {
    this.#follow(view);
    for (;;) {
      if (this.#begun < (this.#bracket + 1) * this.#size) return { action: "start-new", until: this.#steps[0]! };
      let rung = 0;
      while (rung < this.#steps.length && this.#results[rung]!.size >= this.#members(rung)) rung++;
      if (rung === this.#steps.length) {
        this.#open(this.#bracket + 1);
        this.#follow(view);
      } else if (rung === 0 || this.#promoted[rung]!.size >= this.#members(rung)) return { action: "wait" };
      else return this.#promote(rung);
    }
  }

  #promote(rung: number): NextDecision {
    if (this.#ranked?.rung !== rung - 1) {
      const all = [...this.#results[rung - 1]!];
      all.sort(([a, x], [b, y]) => compareValues(x, y, this.#metric.direction) || a - b);
      this.#ranked = { rung: rung - 1, trials: all.map(([trial]) => trial) };
    }
    const trial = this.#ranked.trials.find((one) => !this.#promoted[rung]!.has(one))!;
    return { action: "resume", trial, until: this.#steps[rung]!, reason: "among the best of its rung" };
  }

  #members(rung: number): number {
    return Math.max(1, Math.floor(this.#size / REDUCTION ** rung));
  }

  #open(bracket: number): void {
    this.#bracket = bracket;
    this.#results = this.#steps.map(() => new Map());
    this.#promoted = this.#steps.map(() => new Set());
    this.#ranked = null;
    this.#view = null;
  }

  /** Reads what is new; after a bracket was opened, all rows of its trials. */
  #follow(view: HistoryView): void {
    const delta = this.#view === null ? null : view.since(this.#view);
    const started = delta === null ? view.pending.map(({ number }) => number) : delta.started;
    const { trial: trials, segment, values } = view.columns;
    for (const row of delta === null ? view.rows : delta.added) {
      const trial = trials[row]!;
      this.#begun = Math.max(this.#begun, trial + 1);
      if (!this.#isOwn(trial)) continue;
      const rung = segment[row]!;
      this.#results[rung]?.set(trial, values[this.#metric.name]?.[row] ?? Number.NaN);
      this.#promoted[rung]?.add(trial);
    }
    for (const trial of started) {
      this.#begun = Math.max(this.#begun, trial + 1);
      const rung = this.#isOwn(trial) ? (view.trial(trial)?.segments.length ?? 0) - 1 : -1;
      this.#promoted[rung]?.add(trial);
    }
    this.#view = view;
  }

  #isOwn(trial: number): boolean {
    return Math.floor(trial / this.#size) === this.#bracket;
  }
}

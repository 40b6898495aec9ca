import { makeTrial } from "../../objective/testing/make-trial.testing.ts";
import { type FinishedRow, makeView } from "../../sampler/testing/make-view.testing.ts";
import { float } from "../../space/builders.ts";
import { defineSpace } from "../../space/define-space.ts";
import { encodeNumber } from "../../trial/encoded-number.ts";
import type { HistoryView } from "../../trial/history-view.ts";
import type { Metric } from "../../trial/metric.ts";
import type { Report, Segment, Trial } from "../../trial/trial.ts";
import type { NextDecision, ReportDecision, Scheduler } from "../scheduler.ts";

/** What a scheduler was shown and what it said. */
export type Consultation =
  | { readonly kind: "next"; readonly view: HistoryView; readonly decision: NextDecision }
  | {
      readonly kind: "report";
      readonly view: HistoryView;
      readonly trial: Trial;
      readonly report: Report;
      readonly decision: ReportDecision;
    };

export interface Simulation {
  readonly metric: Metric;
  /** Value of a trial at a step, steps from 1 to `steps`. */
  readonly curve: (trial: number, step: number) => number;
  readonly steps: number;
  readonly workers: number;
  /** Trials to finish. */
  readonly trials: number;
}

export interface SimulationResult {
  readonly consultations: readonly Consultation[];
  readonly trials: readonly Trial[];
  /** False when nothing could go on although trials were left to finish. */
  readonly ended: boolean;
}

const SPACE = defineSpace({ x: float(0, 1) });

const segment = (index: number, until: number | null): Segment => ({ index, until, attempts: [] });

/** Runs a scheduler on made-up learning curves, workers in turn, one step each. */
export class Simulator {
  readonly #scheduler: Scheduler;
  readonly #plan: Simulation;
  readonly #trials: Trial[] = [];
  readonly #rows: FinishedRow[] = [];
  readonly #consultations: Consultation[] = [];
  #revision = 1;

  constructor(scheduler: Scheduler, plan: Simulation) {
    this.#scheduler = scheduler;
    this.#plan = plan;
  }

  run(): SimulationResult {
    const workers: (number | null)[] = Array.from({ length: this.#plan.workers }, () => null);
    for (let turn = 0; turn < 100_000; turn++) {
      if (this.#finished >= this.#plan.trials) return this.#result(true);
      const worker = turn % workers.length;
      workers[worker] ??= this.#assign();
      if (workers[worker] !== null && !this.#step(workers[worker]!)) workers[worker] = null;
      else if (workers.every((one) => one === null)) return this.#result(false);
    }
    return this.#result(false);
  }

  get #finished(): number {
    return this.#trials.filter(({ state }) => state === "complete" || state === "pruned").length;
  }

  #result(ended: boolean): SimulationResult {
    return { consultations: this.#consultations, trials: this.#trials, ended };
  }

  #view(): HistoryView {
    const pending = this.#trials.filter(({ state }) => state === "running" || state === "paused");
    const records = new Map(this.#trials.map((trial) => [trial.number, trial]));
    const revision = this.#revision++;
    return makeView({ space: SPACE, metrics: [this.#plan.metric], rows: [...this.#rows], pending, revision, records });
  }

  #assign(): number | null {
    const view = this.#view();
    const decision = this.#scheduler.next(view);
    this.#consultations.push({ kind: "next", view, decision });
    if (decision.action === "wait") return null;
    if (decision.action === "resume") {
      const trial = this.#trials[decision.trial];
      if (trial?.state !== "paused") throw new Error(`trial ${decision.trial} is not paused and cannot be resumed`);
      const segments = [...trial.segments, segment(trial.segments.length, decision.until)];
      this.#trials[decision.trial] = { ...trial, state: "running", segments };
      return decision.trial;
    }
    const number = this.#trials.length;
    const segments = [segment(0, decision.until)];
    this.#trials.push(makeTrial(number, 0, { params: { x: 0.5 }, state: "running", values: {}, segments }));
    return number;
  }

  /** One step of a trial; true while it runs on. */
  #step(number: number): boolean {
    const before = this.#trials[number]!;
    const step = (before.reports.at(-1)?.step ?? 0) + 1;
    const values = { [this.#plan.metric.name]: encodeNumber(this.#plan.curve(number, step)) };
    const report = { seq: before.reports.length, step, values };
    const trial = { ...before, reports: [...before.reports, report], values };
    this.#trials[number] = trial;
    const view = this.#view();
    const decision = this.#scheduler.onReport(view, trial, report);
    this.#consultations.push({ kind: "report", view, trial, report, decision });
    const last = step === this.#plan.steps;
    if (decision.action === "continue" && !last) return true;
    this.#end(trial, last ? "complete" : decision.action === "pause" ? "paused" : "pruned");
    return false;
  }

  #end(trial: Trial, state: "complete" | "paused" | "pruned"): void {
    const outcome = ({ complete: "ok", paused: "paused", pruned: "stopped" } as const)[state];
    this.#trials[trial.number] = { ...trial, state, outcome };
    this.#rows.push({
      trial: trial.number,
      params: trial.params,
      state,
      outcome,
      segment: trial.segments.length - 1,
      step: trial.reports.at(-1)!.step,
      values: [this.#plan.curve(trial.number, trial.reports.at(-1)!.step)],
    });
  }
}

import { float } from "../../space/builders.ts";
import { defineSpace } from "../../space/define-space.ts";
import { spaceToJson } from "../../space/space-json.ts";
import { ended, leased, StudyAtWork } from "../../trial/decide/study-at-work.testing.ts";
import type { LoggedEvent } from "../../trial/event.ts";
import { History } from "../../trial/history.ts";
import type { HistoryView } from "../../trial/history-view.ts";
import type { Metric } from "../../trial/metric.ts";
import type { DecisionRecord, Report, Trial } from "../../trial/trial.ts";
import { endedWith } from "../recheck-decision.ts";
import type { EndDecision, NextDecision, ReportDecision, Scheduler } from "../scheduler.ts";

/** What a scheduler was shown and what it said. */
export type Consultation =
  | { readonly kind: "next"; readonly view: HistoryView; readonly decision: NextDecision }
  | { readonly kind: "last"; readonly view: HistoryView; readonly decision: NextDecision }
  | { readonly kind: "end"; readonly view: HistoryView; readonly trial: Trial; readonly decision: EndDecision }
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
  /** Trials to begin. */
  readonly trials: number;
  /** Whether programs end by themselves at the step they are to run up to; default true. */
  readonly heeds?: boolean;
  /** Whether a trial that is run on begins anew at its first step; default false. */
  readonly restarts?: boolean;
  /** Whether the worker dies at that turn, before anything it decided is written; default never. */
  readonly dies?: (turn: number) => boolean;
}

export interface SimulationResult {
  readonly consultations: readonly Consultation[];
  readonly trials: readonly Trial[];
  /** False when nothing could go on although trials were left to begin, to end or to be run on. */
  readonly ended: boolean;
  readonly log: readonly LoggedEvent[];
}

export const SIMULATED_SPACE = defineSpace({ x: float(0, 1) });
const MOST_TURNS = 20_000;

/** What a worker has in hand. */
interface Held {
  readonly trial: number;
  readonly token: string;
  readonly until: number | null;
  step: number;
}

/**
 * Runs a scheduler on made-up learning curves, workers in turn, one step each. The study is a real one: commands decide, events make the
 * state, and views are those of its history.
 */
export class Simulator {
  readonly #scheduler: Scheduler;
  readonly #plan: Simulation;
  readonly #study = new StudyAtWork(spaceToJson(SIMULATED_SPACE));
  readonly #history: History;
  readonly #consultations: Consultation[] = [];
  /** Steps that trials had come to when they were paused. */
  readonly #reached = new Map<number, number>();
  #turn = 0;
  /** The last turn in which a worker died before it began anything: nothing stands still for that. */
  #diedAt = -1;

  constructor(scheduler: Scheduler, plan: Simulation) {
    this.#scheduler = scheduler;
    this.#plan = plan;
    this.#history = new History([plan.metric.name], this.#study.state);
  }

  run(): SimulationResult {
    const workers: (Held | null)[] = Array.from({ length: this.#plan.workers }, () => null);
    while (this.#turn < MOST_TURNS) {
      const worker = this.#turn++ % workers.length;
      workers[worker] ??= this.#assign();
      const held = workers[worker];
      if (held !== null && !this.#step(held)) workers[worker] = null;
      const still = held === null && this.#diedAt !== this.#turn;
      if (still && workers.every((one) => one === null)) {
        const last = this.#last();
        if (last === null) return this.#result(this.#isOver);
        (workers as (Held | null)[])[worker] = last;
      }
    }
    return this.#result(false);
  }

  /** Nothing waits, and the scheduler would begin a new trial, for which there is no room. */
  get #isOver(): boolean {
    const { state } = this.#study;
    return state.nextNumber >= this.#plan.trials && state.nextWaiting() === null && this.#next().action === "start-new";
  }

  #result(over: boolean): SimulationResult {
    const { state, log } = this.#study;
    return { consultations: this.#consultations, trials: state.trials(), ended: over, log };
  }

  #view(): HistoryView {
    for (const logged of this.#study.log.slice(this.#history.revision)) this.#history.apply(logged);
    return this.#history.view();
  }

  #next(): NextDecision {
    const view = this.#view();
    const decision = this.#scheduler.next(view);
    this.#consultations.push({ kind: "next", view, decision });
    return decision;
  }

  #made(decision: object, report?: number): DecisionRecord {
    const { revision: view, settingsVersion } = this.#study.state;
    const reason = "reason" in decision ? String(decision.reason) : "";
    return { view, settingsVersion, engine: "1", reason, ...(report !== undefined && { report }) };
  }

  #dies(): boolean {
    return this.#plan.dies?.(this.#turn) ?? false;
  }

  #assign(): Held | null {
    const { state } = this.#study;
    const owner = leased(`t${state.revision}`);
    const waiting = state.nextWaiting();
    const claim = { owner, limit: this.#plan.trials } as const;
    if (waiting !== null) return this.#hold(this.#study.claim(owner, { ...claim, candidate: null }), owner.token);
    const decision = this.#next();
    if (decision.action === "wait") return null;
    if (this.#dies()) {
      this.#diedAt = this.#turn;
      return null;
    }
    const { until } = decision;
    const made = { owner, until, limit: this.#plan.trials, decision: this.#made(decision) };
    if (decision.action === "resume")
      return this.#hold(this.#study.send({ type: "resume", trial: decision.trial, ...made }), owner.token);
    return this.#hold(this.#study.claim(owner, made), owner.token);
  }

  /** What runs on though no more trials may begin. */
  #last(): Held | null {
    const view = this.#view();
    const decision = this.#scheduler.last?.(view) ?? null;
    if (decision === null || this.#study.state.nextNumber < this.#plan.trials) return null;
    this.#consultations.push({ kind: "last", view, decision });
    const owner = leased(`t${this.#study.state.revision}`);
    const made = { owner, until: decision.until, limit: this.#plan.trials, decision: this.#made(decision) };
    return this.#hold(this.#study.send({ type: "resume", trial: decision.trial, ...made }), owner.token);
  }

  #hold(claimed: ReturnType<StudyAtWork["claim"]>, token: string): Held | null {
    if (claimed.kind !== "trial") return null;
    const { trial, until } = claimed;
    return { trial, token, until, step: this.#plan.restarts ? 0 : (this.#reached.get(trial) ?? 0) };
  }

  /** One step of a trial; true while it runs on. */
  #step(held: Held): boolean {
    const { trial: number, token } = held;
    if (this.#dies()) {
      this.#study.send({ type: "return", trial: number, token, evidence: "dead-process", end: ended("lost") });
      return false;
    }
    held.step += 1;
    const seq = this.#study.state.reportCount(number);
    const value = this.#plan.curve(number, held.step);
    const values = { [this.#plan.metric.name]: value };
    this.#study.send({ type: "report", trial: number, token, reports: [{ seq, step: held.step, values }] });
    const decision = this.#report(number, seq);
    if (decision.action === "pass")
      this.#study.send({ type: "pass", trial: number, token, decision: { ...this.#made(decision), report: seq } });
    if (decision.action === "pause" || decision.action === "stop") return this.#end(held, decision, seq);
    const ends = held.step === this.#plan.steps || ((this.#plan.heeds ?? true) && held.step === held.until);
    if (!ends) return true;
    return this.#end(held, held.until === null ? { action: "finish" } : this.#ended(number, values));
  }

  #report(number: number, seq: number): ReportDecision {
    const view = this.#view();
    const trial = view.trial(number)!;
    const report = trial.reports[seq]!;
    const decision = this.#scheduler.onReport(view, trial, report);
    this.#consultations.push({ kind: "report", view, trial, report, decision });
    return decision;
  }

  #ended(number: number, values: Readonly<Record<string, number>>): EndDecision {
    const view = this.#view();
    const trial = endedWith(view.trial(number)!, values);
    const decision = this.#scheduler.onEnd?.(view, trial) ?? { action: "finish" };
    this.#consultations.push({ kind: "end", view, trial, decision });
    return decision;
  }

  #end({ trial, token, step }: Held, decision: ReportDecision | EndDecision, report?: number): false {
    const values = { [this.#plan.metric.name]: this.#plan.curve(trial, step) };
    const made = { decision: this.#made(decision, report) };
    if (this.#dies()) this.#study.send({ type: "return", trial, token, evidence: "dead-process", end: ended("lost") });
    else if (decision.action === "pause") {
      this.#reached.set(trial, step);
      const told = report === undefined ? { values } : {};
      this.#study.send({ type: "pause", trial, token, end: ended("paused"), ...told, ...made });
    } else if (decision.action === "stop")
      this.#study.send({ type: "finish", trial, token, state: "pruned", values, end: ended("stopped"), ...made });
    else this.#study.send({ type: "finish", trial, token, state: "complete", values, end: ended("ok") });
    return false;
  }
}

import { StorageConflict } from "../../errors.ts";
import { float } from "../../space/builders.ts";
import { defineSpace } from "../../space/define-space.ts";
import { spaceToJson } from "../../space/space-json.ts";
import { committed } from "../../trial/budget.ts";
import { ended, leased, StudyAtWork } from "../../trial/decide/study-at-work.testing.ts";
import type { LoggedEvent } from "../../trial/event.ts";
import { History } from "../../trial/history.ts";
import type { HistoryView } from "../../trial/history-view.ts";
import type { Metric } from "../../trial/metric.ts";
import type { DecisionRecord, Report, Trial, Values } from "../../trial/trial.ts";
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
  /** Other objectives, and metrics that limits look at, with their values at a trial's step. */
  readonly others?: { readonly names: readonly string[]; at(trial: number, step: number): Values };
  readonly steps: number;
  readonly workers: number;
  /** Trials to begin. */
  readonly trials: number;
  /** Whether programs end by themselves at the step they are to run up to; default unless they begin anew. */
  readonly heeds?: boolean;
  /** Whether a trial that is run on begins anew at its first step; default false. */
  readonly restarts?: boolean;
  /** What a program tells at one of its own steps, in its order; default the metric at that step. */
  readonly tells?: (trial: number, step: number, value: number) => readonly Told[];
  /** The own step at which a program ends by itself; default `steps`. */
  readonly endsAt?: (trial: number) => number;
  /** What a program's end gives as its value, of those at its steps so far; default the last. */
  readonly result?: (values: readonly number[]) => number;
  /** Whether programs keep checkpoints when they pause; default unless they begin anew. */
  readonly keeps?: boolean;
  /** Steps that a program goes on reporting for once it is asked to stop; it also tries to when it is over. Default none. */
  readonly ignores?: number;
  /** Whether the worker dies at that turn, before anything it decided is written; default never. */
  readonly dies?: (turn: number) => boolean;
}

/** A report without its number. */
export type Told = Omit<Report, "seq">;

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
  /** What was decided on a report, of a program that goes on for all that. */
  asked: { readonly decision: ReportDecision; readonly made: DecisionRecord; left: number } | null;
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
    this.#history = new History([plan.metric.name, ...(plan.others?.names ?? [])], this.#study.state);
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
    return committed(state.budget) >= this.#plan.trials && state.nextWaiting() === null && this.#begins(this.#next());
  }

  #begins(decision: NextDecision): boolean {
    return decision.action === "start-new" || (decision.action === "branch" && decision.replaces === null);
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
    if (decision.action === "branch") {
      const { of, replaces, params } = decision;
      const asked = { owner, until, limit: this.#plan.trials, decision: this.#made(decision) };
      const begun = this.#study.send({ type: "branch", of, replaces, params, ...asked });
      if (begun.kind === "trial" && of !== null)
        this.#reached.set(begun.trial, this.#study.state.trial(begun.trial)!.branch!.step);
      return this.#hold(begun, owner.token);
    }
    const made = { owner, until, limit: this.#plan.trials, decision: this.#made(decision) };
    if (decision.action === "resume")
      return this.#hold(this.#study.send({ type: "resume", trial: decision.trial, ...made }), owner.token);
    return this.#hold(this.#study.claim(owner, made), owner.token);
  }

  /** What runs on though no more trials may begin. */
  #last(): Held | null {
    const view = this.#view();
    const decision = this.#scheduler.last?.(view) ?? null;
    if (decision === null || committed(this.#study.state.budget) < this.#plan.trials) return null;
    this.#consultations.push({ kind: "last", view, decision });
    const owner = leased(`t${this.#study.state.revision}`);
    const made = { owner, until: decision.until, limit: this.#plan.trials, decision: this.#made(decision) };
    return this.#hold(this.#study.send({ type: "resume", trial: decision.trial, ...made }), owner.token);
  }

  #hold(claimed: ReturnType<StudyAtWork["claim"]>, token: string): Held | null {
    if (claimed.kind !== "trial") return null;
    const { trial, until } = claimed;
    return { trial, token, until, step: this.#plan.restarts ? 0 : (this.#reached.get(trial) ?? 0), asked: null };
  }

  /** One step of a trial; true while it runs on. */
  #step(held: Held): boolean {
    const { trial: number, token } = held;
    if (this.#dies()) {
      this.#study.send({ type: "return", trial: number, token, evidence: "dead-process", end: ended("lost") });
      return false;
    }
    held.step += 1;
    const steps = this.#tell(held);
    if (held.asked === null) this.#judge(held, steps.length);
    if (held.asked !== null && held.asked.left-- <= 0) return this.#end(held, held.asked.decision, held.asked.made);
    const { endsAt, heeds = true, steps: all } = this.#plan;
    const over = held.step >= (endsAt?.(number) ?? all);
    const came = heeds && held.until !== null && steps.some((step) => step >= held.until!);
    if (!over && !came) return true;
    if (held.asked !== null) return this.#end(held, held.asked.decision, held.asked.made);
    return this.#end(held, held.until === null ? { action: "finish" } : this.#ended(held));
  }

  /** Reports what the program tells; answers the steps. */
  #tell({ trial, token, step }: Held): readonly number[] {
    const value = this.#plan.curve(trial, step);
    const { name } = this.#plan.metric;
    const told = (this.#plan.tells?.(trial, step, value) ?? [{ step, values: { [name]: value } }]).map((report) =>
      this.#plan.others === undefined || report.values[name] === undefined
        ? report
        : { ...report, values: { ...report.values, ...this.#plan.others.at(trial, step) } },
    );
    const first = this.#study.state.reportCount(trial);
    const reports = told.map((report, k) => ({ seq: first + k, ...report }));
    if (reports.length > 0) this.#study.send({ type: "report", trial, token, reports });
    return told.map((report) => report.step);
  }

  /** The newest `count` reports, in their order, until one ends it. */
  #judge(held: Held, count: number): void {
    const { trial, token } = held;
    const all = this.#study.state.reportCount(trial);
    for (let seq = all - count; seq < all && held.asked === null; seq++) {
      const decision = this.#report(trial, seq);
      if (decision.action === "pass")
        this.#study.send({ type: "pass", trial, token, decision: { ...this.#made(decision), report: seq } });
      if (decision.action === "pause" || decision.action === "stop")
        held.asked = { decision, made: this.#made(decision, seq), left: this.#plan.ignores ?? 0 };
    }
  }

  /** What the program's end gives. */
  #values({ trial, step }: Held): Values {
    const values = Array.from({ length: step }, (_none, k) => this.#plan.curve(trial, k + 1));
    return {
      [this.#plan.metric.name]: this.#plan.result?.(values) ?? values.at(-1)!,
      ...this.#plan.others?.at(trial, step),
    };
  }

  #report(number: number, seq: number): ReportDecision {
    const view = this.#view();
    const trial = view.trial(number)!;
    const report = trial.reports[seq]!;
    const decision = this.#scheduler.onReport(view, trial, report);
    this.#consultations.push({ kind: "report", view, trial, report, decision });
    return decision;
  }

  #ended(held: Held): EndDecision {
    const view = this.#view();
    const trial = endedWith(view.trial(held.trial)!, this.#values(held));
    const decision = this.#scheduler.onEnd?.(view, trial) ?? { action: "finish" };
    this.#consultations.push({ kind: "end", view, trial, decision });
    return decision;
  }

  #end(held: Held, decision: ReportDecision | EndDecision, decided?: DecisionRecord): false {
    const { trial, token, step } = held;
    const values = this.#values(held);
    const made = { decision: decided ?? this.#made(decision) };
    if (this.#dies()) this.#study.send({ type: "return", trial, token, evidence: "dead-process", end: ended("lost") });
    else if (decision.action === "pause") {
      this.#reached.set(trial, step);
      const told = decided === undefined ? { values } : {};
      const { keeps = this.#plan.restarts !== true } = this.#plan;
      const end = ended("paused", { checkpoint: keeps ? `${trial} at ${step}` : null });
      this.#study.send({ type: "pause", trial, token, end, ...told, ...made });
    } else if (decision.action === "stop")
      this.#study.send({ type: "finish", trial, token, state: "pruned", values, end: ended("stopped"), ...made });
    else this.#study.send({ type: "finish", trial, token, state: "complete", values, end: ended("ok") });
    if (this.#plan.ignores !== undefined) this.#refuseAfter(held);
    return false;
  }

  /** A report that comes after the end changes nothing. */
  #refuseAfter(held: Held): void {
    const { revision } = this.#study.state;
    try {
      this.#tell({ ...held, step: held.step + 1 });
    } catch (error) {
      if (!(error instanceof StorageConflict)) throw error;
    }
    if (this.#study.state.revision !== revision) throw new Error(`trial ${held.trial} took a report after its end`);
  }
}

import { createScheduler } from "../scheduler/registry.ts";
import type { NextDecision, ReportDecision, Scheduler } from "../scheduler/scheduler.ts";
import { defineSpace, float, spaceToJson } from "../space/index.ts";
import type { CommandResult, StudyCommand } from "../trial/command.ts";
import { decide } from "../trial/decide.ts";
import type { StudyEvent } from "../trial/event.ts";
import { evolve } from "../trial/evolve/evolve.ts";
import { History } from "../trial/history.ts";
import type { HistoryView } from "../trial/history-view.ts";
import type { Metric } from "../trial/metric.ts";
import type { Owner } from "../trial/owner.ts";
import type { ComponentChoice } from "../trial/study-definition.ts";
import { StudyState } from "../trial/study-state.ts";
import type { DecisionRecord, Outcome, Report, Values } from "../trial/trial.ts";

/** A trial as it was run to its end, to be run again under a scheduler. */
export interface Course {
  readonly reports: readonly Report[];
  readonly values: Values;
}

/** How far a trial was run: so many of its reports, and whether to its end. */
export interface Replayed {
  readonly reports: number;
  readonly complete: boolean;
}

const SPACE = spaceToJson(defineSpace({ x: float(0, 1) }));
const OWNER: Owner = { kind: "leased", token: "replay", process: null, worker: "0" };

/**
 * A study whose trials are known in full, run again by one worker under a scheduler: commands decide and events make the state as in any study. Programs
 * know of no step to run up to, and go on from where they paused.
 */
export class ReplayedStudy {
  readonly #scheduler: Scheduler;
  readonly #courses: readonly Course[];
  readonly #state = new StudyState();
  readonly #history: History;
  readonly #reached: number[];
  readonly #complete = new Set<number>();

  constructor(scheduler: ComponentChoice, metric: Metric, courses: readonly Course[]) {
    this.#scheduler = createScheduler(scheduler, [metric]);
    this.#courses = courses;
    this.#reached = courses.map(() => 0);
    const settings = { sampler: { name: "random", options: {} }, scheduler, command: null, extra: {} };
    const definition = { name: "replay", metrics: [metric], space: SPACE, settings, seed: 0 };
    this.#history = new History([metric.name]);
    this.#append({ type: "study-created", definition });
  }

  /** Of each trial, how far it was run. */
  run(): readonly Replayed[] {
    for (let more = true; more; ) more = this.#go(this.#next());
    return this.#reached.map((reports, trial) => ({ reports, complete: this.#complete.has(trial) }));
  }

  get #view(): HistoryView {
    return this.#history.view();
  }

  #next(): NextDecision | null {
    const view = this.#view;
    const next = this.#scheduler.next(view);
    if (next.action !== "start-new" || this.#state.nextNumber < this.#courses.length) return next;
    return this.#scheduler.last?.(view) ?? null;
  }

  /** False when there is nothing more to run. */
  #go(next: NextDecision | null): boolean {
    if (next === null || next.action === "wait") return false;
    const made = { owner: OWNER, until: next.until, limit: null, decision: this.#made(next) };
    if (next.action === "resume") {
      this.#send({ type: "resume", trial: next.trial, ...made });
      this.#run(next.trial);
      return true;
    }
    const number = this.#state.nextNumber;
    const params = { x: number / this.#courses.length };
    this.#send({ type: "claim", candidate: { number, params, suggestion: null }, ...made });
    this.#run(number);
    return true;
  }

  #run(trial: number): void {
    const { reports, values } = this.#courses[trial]!;
    const held = { trial, token: OWNER.token };
    for (let seq = this.#reached[trial]!; seq < reports.length; seq++) {
      this.#send({ type: "report", ...held, reports: [{ ...reports[seq]!, seq }] });
      this.#reached[trial] = seq + 1;
      const view = this.#view;
      const decided = this.#scheduler.onReport(view, view.trial(trial)!, view.reports(trial)!.at(seq)!);
      if (decided.action === "continue") continue;
      const decision = { ...this.#made(decided), report: seq };
      if (decided.action === "pass") this.#send({ type: "pass", ...held, decision });
      // One that is at its end has no more to be spared.
      else if (seq + 1 < reports.length) {
        this.#leave(decided, held, decision);
        return;
      }
    }
    this.#complete.add(trial);
    this.#send({ type: "finish", ...held, state: "complete", values, end: ended("ok") });
  }

  #leave(
    decided: ReportDecision,
    held: { readonly trial: number; readonly token: string },
    decision: DecisionRecord,
  ): void {
    if (decided.action === "stop")
      this.#send({ type: "finish", ...held, state: "pruned", values: {}, end: ended("stopped"), decision });
    else this.#send({ type: "pause", ...held, end: { ...ended("paused"), checkpoint: "kept" }, decision });
  }

  #made(decision: object): DecisionRecord {
    const { revision: view, settingsVersion } = this.#state;
    return { view, settingsVersion, engine: "", reason: "reason" in decision ? String(decision.reason) : "" };
  }

  #send<C extends StudyCommand>(command: C): CommandResult<C> {
    const { events, result } = decide(this.#state, command, { now: this.#state.revision, leaseExpired: () => false });
    for (const event of events) this.#append(event);
    return result;
  }

  #append(event: StudyEvent): void {
    const logged = { revision: this.#state.revision + 1, at: this.#state.revision, event };
    evolve(this.#state, logged);
    this.#history.apply(logged);
  }
}

const ended = (outcome: Outcome) => ({ outcome, message: null, exitCode: null, signal: null, checkpoint: null });

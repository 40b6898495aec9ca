import { AttuneError } from "../errors.ts";
import { endedWith } from "../scheduler/recheck-decision.ts";
import { createScheduler, type SchedulerAbilities, schedulerAbilities, stopsAtLimits } from "../scheduler/registry.ts";
import type { EndDecision, NextDecision, ReportDecision, Scheduler } from "../scheduler/scheduler.ts";
import type { HistoryView } from "../trial/history-view.ts";
import type { ComponentChoice } from "../trial/study-definition.ts";
import type { DecisionRecord, FinishedState, Values } from "../trial/trial.ts";
import { DECISION_ENGINE } from "./decision-engine.ts";
import { schedulerStudy } from "./scheduler-study.ts";
import type { StudyProjection } from "./study-projection.ts";

/** A decision that is to be carried out, with what the log keeps of it. */
export type Decided<D> = D & { readonly record: DecisionRecord };

/** A report on which something was decided other than to go on. */
export type ReportDecided = Decided<Exclude<ReportDecision, { readonly action: "continue" }>> & {
  readonly record: { readonly report: number };
};

/** The scheduler of one version of settings and space. */
interface InForce {
  readonly version: number;
  readonly spaceVersion: number;
  readonly scheduler: Scheduler;
  readonly abilities: SchedulerAbilities;
}

const UNSCHEDULED: ComponentChoice = { name: "none", options: {} };

/** A study's scheduler by the newest settings, asked about the newest revision that this process knows. */
export class Scheduling {
  readonly #study: StudyProjection;
  readonly #unscheduled: boolean;
  #made: InForce | null = null;

  #viewed: HistoryView | null = null;

  /** `unscheduled`: trials run to their own end, whatever the settings say. */
  constructor(study: StudyProjection, unscheduled = false) {
    this.#study = study;
    this.#unscheduled = unscheduled;
  }

  get name(): string {
    return this.#choice.name;
  }

  /** Whether reports are to be judged as they come. */
  get watches(): boolean {
    return this.#inForce.abilities.watches;
  }

  /** Whether it is to be asked what a worker does next, and about the end of a trial that was given a step to run up to. */
  get promotes(): boolean {
    return this.#inForce.abilities.promotes;
  }

  /** Whether it begins trials with checkpoints of others. */
  get branches(): boolean {
    return this.#inForce.abilities.branches === true;
  }

  /** @throws AttuneError `invalid-argument` for a scheduler whose trials cannot be handed out by hand. */
  requireByHand(): void {
    if (!this.branches) return;
    throw new AttuneError(
      "invalid-argument",
      `Scheduler ${this.name} goes on from checkpoints of others, which trials asked for by hand do not keep here: let a run start the program, or take another scheduler.`,
    );
  }

  /** Trials that are to begin before any goes on; null where it does not matter. */
  get least(): number | null {
    return this.#scheduler.least ?? null;
  }

  /** Whether the study's scheduler gives steps to run up to, also where trials run to their own end now. */
  get staged(): boolean {
    return schedulerAbilities(this.#study.state.settings.scheduler.name)?.promotes === true;
  }

  next(): Decided<NextDecision> {
    return this.#decided(this.#scheduler.next(this.#view));
  }

  /** Null: what is paused stays so. */
  last(): Decided<Extract<NextDecision, { readonly action: "resume" }>> | null {
    const decision = this.#scheduler.last?.(this.#view) ?? null;
    return decision === null ? null : this.#decided(decision);
  }

  /** Null: the trial goes on. */
  onReport(trial: number, seq: number): ReportDecided | null {
    const view = this.#view;
    const known = view.trial(trial);
    const report = view.reports(trial)?.at(seq);
    if (known === undefined || report === undefined) return null;
    const decision = this.#scheduler.onReport(view, known, report);
    if (decision.action === "continue") return null;
    const { record, ...made } = this.#decided(decision);
    return { ...made, record: { ...record, report: seq } };
  }

  /**
   * About a trial whose run was given a step to go up to and has ended; null: it ends as it says. `told` are how it ended and its values.
   */
  onEnd(
    trial: number,
    until: number | null,
    { state, values }: { readonly state: FinishedState | null; readonly values: Values },
  ): Decided<Extract<EndDecision, { readonly action: "pause" }>> | null {
    if (!this.promotes || until === null || state !== "complete") return null;
    const scheduler = this.#scheduler;
    const view = this.#view;
    const known = view.trial(trial);
    if (known === undefined || scheduler.onEnd === undefined) return null;
    const decision = scheduler.onEnd(view, endedWith(known, values));
    return decision.action === "finish" ? null : this.#decided(decision);
  }

  #decided<D extends NextDecision | ReportDecision | EndDecision>(decision: D): Decided<D> {
    // Of the view that it was made from: a state that is shared may be ahead of it.
    const { revision: view } = this.#study;
    const { settingsVersion } = this.#study.state;
    const reason = "reason" in decision ? decision.reason : "";
    return { ...decision, record: { view, settingsVersion, engine: DECISION_ENGINE, reason } };
  }

  /** The same while nothing is new: reports that came together are judged one after the other. */
  get #view(): HistoryView {
    const { history, revision } = this.#study;
    if (this.#viewed?.revision !== revision) this.#viewed = history.view(revision);
    return this.#viewed;
  }

  get #choice(): ComponentChoice {
    return this.#unscheduled ? UNSCHEDULED : this.#study.state.settings.scheduler;
  }

  get #scheduler(): Scheduler {
    return this.#inForce.scheduler;
  }

  get #inForce(): InForce {
    const { settings, settingsVersion: version, spaceVersion, metrics, seed } = this.#study.state;
    if (this.#made?.version !== version || this.#made.spaceVersion !== spaceVersion) {
      const { space } = this.#study;
      const judged = this.#unscheduled ? { space, seed } : schedulerStudy(settings, space, seed);
      const scheduler = createScheduler(this.#choice, metrics, space.fidelity ?? null, judged);
      const abilities = schedulerAbilities(this.name)!;
      const watches = abilities.watches || stopsAtLimits(judged);
      this.#made = { version, spaceVersion, scheduler, abilities: { ...abilities, watches } };
    }
    return this.#made;
  }
}

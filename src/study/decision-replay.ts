import { type DecidedEvent, decideAgain, decisionOf, type TakenDecision } from "../scheduler/recheck-decision.ts";
import { createScheduler } from "../scheduler/registry.ts";
import type { Scheduler } from "../scheduler/scheduler.ts";
import { jsonEqual } from "../space/index.ts";
import { metricsInForce } from "../trial/metrics-in-force.ts";
import { DECISION_ENGINE } from "./decision-engine.ts";
import { schedulerStudy } from "./scheduler-study.ts";
import type { StudyProjection } from "./study-projection.ts";

/** A decision of a scheduler that is not what it decides from the same view. */
export interface DecisionDifference {
  readonly trial: number;
  /** Revision of the event that carried it out. */
  readonly revision: number;
  readonly stored: TakenDecision;
  readonly recomputed: TakenDecision;
}

export interface DecisionReport {
  /** Decisions that were made again and came out the same. */
  readonly checked: number;
  readonly differences: readonly DecisionDifference[];
  /** Decisions that differ and were made by another engine version. */
  readonly otherEngine: readonly { readonly trial: number; readonly engine: string }[];
}

/** Makes the decisions of a study's schedulers again, each from the view that it was made from. */
export class DecisionReplay {
  readonly #study: StudyProjection;
  #made: { readonly version: number; readonly spaceVersion: number; readonly scheduler: Scheduler } | null = null;
  #checked = 0;
  readonly #differences: DecisionDifference[] = [];
  readonly #otherEngine: { trial: number; engine: string }[] = [];

  constructor(study: StudyProjection) {
    this.#study = study;
  }

  /** What came of it so far; null where nothing was decided. */
  get report(): DecisionReport | null {
    const [checked, differences, otherEngine] = [this.#checked, this.#differences, this.#otherEngine];
    if (checked + differences.length + otherEngine.length === 0) return null;
    return { checked, differences, otherEngine };
  }

  /** Of the event of that revision, before the study takes it. */
  check(event: DecidedEvent, revision: number): void {
    const { view, settingsVersion, engine } = event.decision;
    const stored = decisionOf(event, this.#study.state.trial(event.trial));
    const recomputed = decideAgain(this.#scheduler(settingsVersion), this.#study.history.view(view), event);
    const { trial } = event;
    if (jsonEqual({ ...stored }, { ...recomputed })) this.#checked += 1;
    else if (engine === DECISION_ENGINE) this.#differences.push({ trial, revision, stored, recomputed });
    else this.#otherEngine.push({ trial, engine });
  }

  #scheduler(version: number): Scheduler {
    const { definition, settings, settingsVersions, seed, spaceVersion } = this.#study.state;
    if (this.#made?.version !== version || this.#made.spaceVersion !== spaceVersion) {
      const { space } = this.#study;
      const then = settingsVersions[version - 1]?.value ?? settings;
      const metrics = metricsInForce(definition.metrics, then);
      const known = schedulerStudy(then, space, seed);
      const scheduler = createScheduler(then.scheduler, metrics, space.fidelity ?? null, known);
      this.#made = { version, spaceVersion, scheduler };
    }
    return this.#made.scheduler;
  }
}

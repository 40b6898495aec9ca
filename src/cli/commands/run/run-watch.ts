import { type FailureGroup, FailureGroups } from "../../../analysis/index.ts";
import {
  Configurations,
  compareValues,
  compileLimits,
  GrowingFront,
  isVisible,
  keepsLimits,
  type Limit,
  metricValue,
  rankConfigurations,
} from "../../../objective/index.ts";
import type { Params } from "../../../space/json.ts";
import type { RunEvent } from "../../../study/index.ts";
import type { Metric } from "../../../trial/metric.ts";
import type { Trial } from "../../../trial/trial.ts";

/** Ends of trials that the rate is taken from. */
const RATE_ENDS = 20;

/** The parts of a study that a run is watched by. */
export interface WatchedStudy {
  readonly metrics: readonly Metric[];
  /** Canonical texts. */
  readonly limits: readonly string[];
  readonly trialsSpent: number;
  trials(): readonly Trial[];
  /** To look at some fields of. */
  view(number: number): Trial | undefined;
}

/** The configuration to use as far as is known, by its first trial. */
interface BestSoFar {
  readonly number: number;
  readonly params: Params;
  /** Mean over the runs that count. */
  readonly value: number;
}

/** What a live screen shows at one moment. */
export interface RunMoment {
  readonly metrics: readonly Metric[];
  /** By one objective; null while there is none, and with several. */
  readonly best: BestSoFar | null;
  /** With several objectives the values of the trials that no other is as good as in everything; else null. */
  readonly front: readonly (readonly number[])[] | null;
  /** True where the study has limits: what breaks one is never the best. */
  readonly limited: boolean;
  /** Best value so far after each finished trial that has a value; empty with several objectives. */
  readonly course: readonly number[];
  readonly trialsSpent: number;
  readonly limit: number | null;
  readonly running: readonly Trial[];
  /** The most frequent cause first. */
  readonly failures: readonly FailureGroup[];
  /** Trials a second over the newest ends; null before the first. */
  readonly rate: number | null;
  readonly stopping: boolean;
  /** Seconds that the time limit leaves at most, earlier runs not counted; null without one. */
  readonly timeLeft: number | null;
}

/** Where a run ends. */
export interface RunLimits {
  /** Trials in all, or null. */
  readonly trials: number | null;
  /** Seconds of tuning, or null. */
  readonly timeout: number | null;
}

/** Keeps, from the events of a run, what its live screen shows. Times are milliseconds of one clock that is handed in. */
export class RunWatch {
  readonly #study: WatchedStudy;
  readonly #front: GrowingFront;
  readonly #kept: readonly Limit[];
  readonly #limits: RunLimits;
  readonly #course: number[] = [];
  readonly #failures = new FailureGroups();
  readonly #running = new Set<number>();
  readonly #begun: number;
  #best: BestSoFar | null;
  #ends: number[] = [];
  #stopping = false;

  constructor(study: WatchedStudy, limits: RunLimits, now: number) {
    this.#study = study;
    this.#kept = compileLimits(study.limits);
    this.#front = new GrowingFront(study.metrics, this.#kept);
    this.#limits = limits;
    this.#begun = now;
    const trials = study.trials();
    this.#best = this.#bestOf(trials);
    for (const trial of trials) this.#addEnd(trial);
  }

  event(event: RunEvent, now: number): void {
    if (event.type === "started") this.#running.add(event.trial);
    else if (event.type === "returned") this.#running.delete(event.trial);
    else if (event.type === "paused") this.#running.delete(event.trial.number);
    else if (event.type === "stopping") this.#stopping = true;
    else if (event.type === "finished") {
      this.#running.delete(event.trial.number);
      this.#ends = [...this.#ends, now].slice(-RATE_ENDS - 1);
      const [metric, ...others] = this.#study.metrics;
      if (event.best && others.length === 0)
        this.#best = { ...event.trial, value: metricValue(event.trial, metric!.name) };
      this.#addEnd(event.trial);
    }
  }

  moment(now: number): RunMoment {
    // Not whole trials, each of which would be made with all that it has reported, several times a second.
    const running = [...this.#running].flatMap((number) => this.#study.view(number) ?? []);
    return {
      metrics: this.#study.metrics,
      best: this.#best,
      front: this.#study.metrics.length > 1 ? this.#front.points : null,
      limited: this.#kept.length > 0,
      course: this.#course,
      trialsSpent: this.#study.trialsSpent,
      limit: this.#limits.trials,
      running: running.filter(({ state }) => state === "running"),
      failures: this.#failures.groups,
      rate: this.#rate(now),
      stopping: this.#stopping,
      timeLeft: this.#timeLeft(now),
    };
  }

  #bestOf(trials: readonly Trial[]): BestSoFar | null {
    const [metric, ...others] = this.#study.metrics;
    if (metric === undefined || others.length > 0) return null;
    const configurations = Configurations.of(trials, [metric]);
    const ranking = rankConfigurations(configurations, metric, this.#kept);
    const best = ranking.first();
    if (best === null) return null;
    const group = configurations.at(best);
    if (!ranking.standing(group).feasible) return null;
    return { number: group.first.number, params: group.first.params, value: group.means[metric.name]! };
  }

  #addEnd(trial: Trial): void {
    if (!isVisible(trial)) return;
    this.#failures.add(trial);
    const [metric, ...others] = this.#study.metrics;
    if (metric === undefined || others.length > 0) {
      this.#front.admit(trial);
      return;
    }
    const value = metricValue(trial, metric.name);
    if (trial.state !== "complete" || !Number.isFinite(value) || !keepsLimits(trial, this.#kept)) return;
    const before = this.#course.at(-1);
    const better = before === undefined || compareValues(value, before, metric.direction) < 0;
    this.#course.push(better ? value : before);
  }

  #timeLeft(now: number): number | null {
    const { timeout } = this.#limits;
    return timeout === null ? null : Math.max(0, timeout - (now - this.#begun) / 1000);
  }

  #rate(now: number): number | null {
    const { length } = this.#ends;
    if (length === 0) return null;
    const whole = length <= RATE_ENDS;
    const from = whole ? this.#begun : this.#ends[0]!;
    const seconds = (now - from) / 1000;
    return seconds > 0 ? (whole ? length : length - 1) / seconds : null;
  }
}

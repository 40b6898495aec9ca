import { compileLimits, type Limit, type LimitTree, worseningComparisons } from "../../objective/index.ts";
import type { Params } from "../../space/json.ts";
import type { HistoryView } from "../../trial/history-view.ts";
import type { Report, Trial } from "../../trial/trial.ts";
import { Followers } from "../reports/followers.ts";
import { MetricByStep } from "../reports/metric-by-step.ts";

/** What the reason of a decision begins with that stopped a trial by a limit, for good as long as that limit is in force. */
const REASON = "limit: ";

/** A limit that a trial may break for good before its end. */
interface Watched {
  readonly limit: Limit;
  /** By place of its comparisons. */
  readonly worsens: readonly boolean[];
}

/** Tells when a trial has broken a limit that can only get worse. */
export class LimitStop {
  readonly #watched: readonly Watched[];
  readonly #courses: ReadonlyMap<string, Followers<MetricByStep>>;

  /** `limits` in canonical text, `grows`: metrics that grow with the run. */
  constructor(limits: readonly string[], grows: readonly string[]) {
    const growing = new Set(grows);
    this.#watched = compileLimits(limits)
      .map((limit) => ({ limit, worsens: worseningComparisons(limit.text, growing) }))
      .filter(({ worsens }) => worsens.includes(true));
    const names = new Set(this.#watched.flatMap(({ limit }) => limit.metrics));
    this.#courses = new Map([...names].map((name) => [name, new Followers(() => new MetricByStep(name))]));
  }

  /** Whether there is any such limit. */
  get watches(): boolean {
    return this.#watched.length > 0;
  }

  /** Why the trial is to stop with this report; null where it may run on. */
  reason(view: HistoryView, trial: Trial, { seq, step }: Report): string | null {
    if (!this.watches) return null;
    const values = new Map<string, number>();
    for (const [name, courses] of this.#courses) {
      const course = courses.of(view, trial.number, seq + 1);
      if (course.length > 0) values.set(name, course.value(course.length - 1));
    }
    const broken = this.#watched.find((watched) => isBrokenForGood(watched, trial.params, values));
    if (broken === undefined) return null;
    const told = broken.limit.metrics.filter((name) => values.has(name)).map((name) => `${name} ${values.get(name)}`);
    return `${REASON}${told.join(", ")} at step ${step} breaks ${JSON.stringify(broken.limit.text)}, which can only get worse`;
  }
}

/** Text of the limit by which a trial was stopped, from the reason of the decision; null where it was another. */
export function stoppingLimit(reason: string): string | null {
  if (!reason.startsWith(REASON)) return null;
  const found = / breaks ("(?:[^"\\]|\\.)*"), which can only get worse$/.exec(reason)?.[1];
  return found === undefined ? null : String(JSON.parse(found));
}

function isBrokenForGood({ limit, worsens }: Watched, params: Params, values: ReadonlyMap<string, number>): boolean {
  const excesses = limit.excesses({ params, value: (metric) => values.get(metric) ?? Number.NaN });
  const broken = (tree: LimitTree): boolean => {
    // NaN, of what was not told yet, is not above 0.
    if (tree.kind === "comparison") return worsens[tree.place]! && excesses[tree.place]! > 0;
    return tree.kind === "and" ? tree.parts.some(broken) : tree.parts.every(broken);
  };
  return broken(limit.tree);
}

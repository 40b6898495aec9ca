import { type FrontAnswer, metricValue, narrowFront, type Preference, weightsFor } from "../objective/index.ts";
import type { Metric } from "../trial/metric.ts";
import type { Trial } from "../trial/trial.ts";
import type { FrontPoint } from "./front-point.ts";

/** How far a front is narrowed by what somebody answered, points by the numbers of their trials. */
export interface FrontNarrowing {
  /** Points that are still in question, in the order of the front. */
  readonly left: readonly number[];
  /** Two or three of them to be asked about next; none where at most one is left. */
  readonly ask: readonly number[];
  /** What the answers say, as something to choose by; null while nothing was answered or taken. */
  readonly preference: Preference | null;
  /** What that weighs each metric, on the scale of the front; null without a preference. */
  readonly weights: readonly number[] | null;
}

/** Answers by trial: see `FrontChoices` of the study. */
interface Choices {
  readonly answers: readonly { readonly preferred: number; readonly over: readonly number[] }[];
  readonly taken: number | null;
}

/** Narrows a front. An answer about a trial that is on the front no longer counts by that trial's own values. */
export function narrowChoice(
  front: readonly Pick<FrontPoint, "number" | "values">[],
  metrics: readonly Metric[],
  { answers, taken }: Choices,
  trial: (number: number) => Trial | undefined,
): FrontNarrowing {
  const valuesOf = (number: number): readonly number[] | null => {
    const point = front.find((one) => one.number === number);
    const own = trial(number);
    if (point === undefined && own === undefined) return null;
    const values = metrics.map(({ name }) => point?.values[name] ?? metricValue(own!, name));
    return values.every(Number.isFinite) ? values : null;
  };
  const given = answers.flatMap(({ preferred, over }): readonly FrontAnswer[] => {
    const [best, ...others] = [preferred, ...over].map(valuesOf);
    const rest = others.filter((values) => values !== null);
    return best == null || rest.length === 0 ? [] : [{ preferred: best, over: rest }];
  });
  const points = front.map(({ values }) => metrics.map(({ name }) => values[name]!));
  const numberOf = (place: number): number => front[place]!.number;
  const isTaken = front.some(({ number }) => number === taken);
  const takenWeights = () =>
    weightsFor(
      front.findIndex(({ number }) => number === taken),
      points,
      metrics,
    );
  const { left, ask, weights } = narrowFront(points, metrics, given);
  const last = left.length === 1 && given.length > 0 ? points[left[0]!]! : null;
  const preference: Preference | null = isTaken
    ? { kind: "taken", values: valuesOf(taken!)! }
    : last !== null
      ? { kind: "taken", values: last }
      : given.length > 0
        ? { kind: "weights", weights }
        : null;
  return {
    left: isTaken ? [taken!] : left.map(numberOf),
    ask: isTaken ? [] : ask.map(numberOf),
    preference: front.length === 0 ? null : preference,
    weights: front.length === 0 || preference === null ? null : isTaken ? takenWeights() : weights,
  };
}

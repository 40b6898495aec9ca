import { keyedStreams } from "../numeric/random/keyed-streams.ts";
import { normalQuantile } from "../numeric/special/normal-quantile.ts";
import { expectedValues, nonDominated, type ReplicateGroup } from "../objective/index.ts";
import type { Metric } from "../trial/metric.ts";

/** Worlds that are drawn: a probability of a half is off by 2.5 % on average. */
const DRAWS = 400;

/**
 * With which probability each configuration is on the front, by the first trial's number: the share of drawn truths in which no other dominates it. Null where results
 * do not vary, or nothing was run twice, so that there is no doubt that could be drawn.
 */
export function frontMembership(
  groups: readonly ReplicateGroup[],
  metrics: readonly Metric[],
): ReadonlyMap<number, number> | null {
  const { varies, of, doubt } = expectedValues(groups, metrics);
  if (!varies) return null;
  const centres = groups.map(of);
  const doubts = groups.map(doubt);
  const counts = new Float64Array(groups.length);
  for (let draw = 0; draw < DRAWS; draw++) {
    const stream = keyedStreams(0, draw).stream("front membership");
    const drawn = centres.map((point, k) =>
      point.map((value, at) => value + doubts[k]![at]! * normalQuantile(Math.max(Number.EPSILON, stream.float()))),
    );
    for (const place of nonDominated(drawn, metrics)) counts[place]! += 1;
  }
  return new Map(groups.map(({ first }, place) => [first.number, counts[place]! / DRAWS]));
}

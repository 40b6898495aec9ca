import type { StreamSource } from "../../numeric/random/stream-source.ts";
import { sampleUniform } from "../../space/sample-uniform.ts";
import type { Space } from "../../space/space.ts";
import type { Metric } from "../../trial/metric.ts";
import type { FinishedRow } from "./make-view.testing.ts";

/** Steps of the rungs where a space declares no fidelity, from the lowest up to whole runs. */
const STEPS = [1, 3, 9, 27];

/**
 * `count` rows of trials that climb from rung to rung, uniform parameters, numbers from 0: of each ten rows about six are of new trials, the others
 * of earlier ones that were run on. They are paused there, pass and run on, or come to their end; some fail, some leap over a rung, some have no value or no step.
 */
export function climbingRows(
  space: Space,
  metrics: readonly Metric[],
  count: number,
  streams: StreamSource,
): readonly FinishedRow[] {
  const stream = streams.stream("climbing");
  const high = space.fidelity?.high ?? STEPS.at(-1)!;
  const rungs: number[] = [];
  const rows: FinishedRow[] = [];
  while (rows.length < count) {
    const open = [...rungs.keys()].filter((trial) => rungs[trial]! < STEPS.length - 1);
    const trial = open.length > 0 && stream.float() < 0.4 ? open[stream.int(open.length)]! : rungs.length;
    const leap = stream.int(8) === 0 ? 2 : 1;
    const rung = Math.min(STEPS.length - 1, (rungs[trial] ?? -1) + leap);
    rungs[trial] = rung;
    const whole = rung === STEPS.length - 1;
    const failed = stream.int(12) === 0;
    if (failed) rungs[trial] = STEPS.length - 1;
    const state = failed ? "failed" : whole ? "complete" : stream.int(2) === 0 ? "paused" : "running";
    rows.push({
      trial,
      params: sampleUniform(space, { stream: (key) => streams.stream(`${trial}/${key}`) }),
      segment: rung,
      state,
      outcome: failed ? "error" : whole ? "ok" : "paused",
      step: stream.int(20) === 0 ? Number.NaN : (high * STEPS[rung]!) / STEPS.at(-1)!,
      values: metrics.map(() => (failed || stream.int(15) === 0 ? Number.NaN : stream.normal() - rung)),
    });
  }
  return rows;
}

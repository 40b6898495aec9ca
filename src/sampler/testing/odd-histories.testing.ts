import type { RandomStream, StreamSource } from "../../numeric/random/stream-source.ts";
import { sampleUniform } from "../../space/sample-uniform.ts";
import type { Space } from "../../space/space.ts";
import type { Metric } from "../../trial/metric.ts";
import type { FinishedRow } from "./make-view.testing.ts";

type Ending = Pick<FinishedRow, "state" | "outcome" | "values">;

const complete = (value: number, metrics: readonly Metric[]): Ending => ({
  state: "complete",
  outcome: "ok",
  values: metrics.map(() => value),
});

/** Ways in which a history can go, by name. */
export const HISTORY_SHAPES: Readonly<
  Record<string, (stream: RandomStream, i: number, metrics: readonly Metric[]) => Ending>
> = {
  ordinary: (stream, _, metrics) => ({ ...complete(0, metrics), values: metrics.map(() => stream.normal()) }),
  "all failed": (_, __, metrics) => ({ state: "failed", outcome: "exit-code", values: metrics.map(() => Number.NaN) }),
  "all NaN": (_, __, metrics) => complete(Number.NaN, metrics),
  "parts unknown": (stream, i, metrics) => ({
    ...complete(0, metrics),
    values: metrics.map((_, k) => ((i + k) % 3 === 0 ? Number.NaN : stream.normal())),
  }),
  constant: (_, __, metrics) => complete(0.5, metrics),
  "one outlier": (_, i, metrics) => complete(i === 3 ? 1e300 : 1, metrics),
  "infinite values": (_, i, metrics) => complete([Infinity, -Infinity, 2][i % 3]!, metrics),
  "huge and tiny": (stream, i, metrics) => complete(i % 2 === 0 ? 1.7e308 * (2 * stream.float() - 1) : 5e-324, metrics),
  "all pruned": (stream, _, metrics) => ({ ...complete(stream.float(), metrics), state: "pruned", outcome: "stopped" }),
  mixed: (stream, i, metrics) => {
    if (i % 5 === 1) return { state: "failed", outcome: "nan", values: metrics.map(() => Number.NaN) };
    if (i % 5 === 2) return { ...complete(stream.normal(), metrics), state: "pruned", outcome: "stopped" };
    if (i % 5 === 3) return { ...complete(stream.normal(), metrics), state: "paused", outcome: "paused" };
    return complete(stream.normal(), metrics);
  },
};

/** `count` finished trials with uniform parameters that ended as the shape says, numbers from 0. */
export function makeRows(
  space: Space,
  metrics: readonly Metric[],
  shape: string,
  count: number,
  streams: StreamSource,
): readonly FinishedRow[] {
  const ending = HISTORY_SHAPES[shape]!;
  const stream = streams.stream("ending");
  return Array.from({ length: count }, (_, i) => ({
    trial: i,
    params: sampleUniform(space, { stream: (key) => streams.stream(`${i}/${key}`) }),
    segment: 0,
    step: i % 3 === 0 ? Number.NaN : i % 7,
    ...ending(stream, i, metrics),
  }));
}

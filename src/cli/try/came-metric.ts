import type { MetricWay } from "../../protocol/metric-way.ts";

/** A metric as a trial would get it. */
export interface CameMetric {
  readonly name: string;
  readonly value: number;
  /** How many times it was reported with a step; 0 for a value that is the end only. */
  readonly times: number;
  readonly way: MetricWay;
  /** The unit that it was converted to, where one was printed. */
  readonly unit?: string | undefined;
}

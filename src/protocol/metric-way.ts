/** The ways a value can come, the one that counts first. */
export const METRIC_WAYS = ["report-file", "http", "metric-file", "tensorboard", "output", "last-number"] as const;

/** A way a value can come. */
export type MetricWay = (typeof METRIC_WAYS)[number];

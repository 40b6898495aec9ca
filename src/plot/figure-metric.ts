import { AttuneError } from "../errors.ts";
import { didYouMean } from "../space/index.ts";
import type { Metric } from "../trial/metric.ts";
import type { FigureRequest, FigureSource } from "./figure.ts";

/**
 * The objective that a figure shows: the one that was asked for, or the first.
 *
 * @throws AttuneError `invalid-argument` for one that the study does not have.
 */
export function figureMetric({ metrics }: Pick<FigureSource, "metrics">, { metric }: FigureRequest = {}): Metric {
  if (metric === undefined) return metrics[0]!;
  const found = metrics.find(({ name }) => name === metric);
  if (found !== undefined) return found;
  const names = metrics.map(({ name }) => name);
  const message = `There is no objective "${metric}" to draw.${didYouMean(metric, names)} There are ${names.join(", ")}.`;
  throw new AttuneError("invalid-argument", message);
}

import { formatNumber } from "../../../../src/analysis/words/format-number.ts";
import { withUnit } from "../../../../src/objective/unit.ts";
import { POINT_NAMES } from "../../../../src/plot/chart/front-point-names.ts";
import type { CubePoint } from "../../../../src/plot/front-cube.ts";
import type { FrontFigure } from "../../../../src/plot/index.ts";

/** What a configuration is: `on the front, knee`. */
export function standingWords({ standing, isKnee, isPreferred }: CubePoint): string {
  const marks = [...(isKnee ? [POINT_NAMES.knee] : []), ...(isPreferred ? [POINT_NAMES.preferred] : [])];
  return [POINT_NAMES[standing], ...marks].join(", ");
}

/** Its values, each with its objective: `loss 0.26, latency 3.6 ms`. */
export function valuesWords({ values }: CubePoint, metrics: FrontFigure["metrics"]): string {
  return metrics.map((metric, k) => `${metric.name} ${withUnit(formatNumber(values[k]!, 4), metric)}`).join(", ");
}

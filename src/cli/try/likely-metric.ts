import type { Direction } from "../../trial/metric.ts";

const LARGE =
  /(?:acc(?:uracy)?|auc|f1|f_?score|score|precision|recall|r2|r_squared|bleu|reward|return|map|iou|dice|psnr|ssim|throughput|win_?rate|corr)/i;
const HELD_OUT = /(?:^|[_/.\s-])(?:val|valid|validation|dev|test|eval|cv)(?:[_/.\s-]|$)/i;

interface Named {
  readonly name: string;
}

/** The metric most likely meant: one of held-out data before others, a loss before other measures, the last before earlier ones. */
export function likelyMetric(found: readonly Named[]): { readonly name: string; readonly direction: Direction } | null {
  const rank = ({ name }: Named): number =>
    (HELD_OUT.test(name) ? 2 : 0) + (/loss|error|err|rmse|mae|mse/i.test(name) ? 1 : 0);
  const best = found.reduce<Named | null>((best, one) => (best === null || rank(one) >= rank(best) ? one : best), null);
  return best === null ? null : { name: best.name, direction: LARGE.test(best.name) ? "maximize" : "minimize" };
}

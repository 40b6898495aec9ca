import type { ImportanceFigure } from "../../../plot/index.ts";
import type { PlotStyle } from "./plot-style.ts";

/** A bar for each parameter. */
export function importancePlot({ metric, bars, trials }: ImportanceFigure, style: PlotStyle): readonly string[] {
  if (trials === 0) return ["Importance needs ten complete trials at least."];
  const { width, glyphs, paint } = style;
  const margin = Math.min(24, Math.max(...bars.map(({ name }) => name.length)));
  const room = Math.min(50, width - margin - 30);
  const most = Math.max(...bars.map(({ share }) => share), Number.MIN_VALUE);
  const lines = bars.map(({ name, share, trials: own }) => {
    const bar = glyphs.full.repeat(Math.round((share / most) * room));
    const active = own === trials ? "" : `  active in ${own}`;
    return `${name.slice(0, margin).padEnd(margin)}  ${paint.green(bar)} ${Math.round(share * 100)} %${active}`;
  });
  return [`what decides whether ${metric.name} is among the best tenth of ${trials} trials (PED-ANOVA)`, ...lines];
}

import { countWords } from "../../../analysis/words/count-words.ts";
import { formatNumber } from "../../../analysis/words/format-number.ts";
import { nameWithAim } from "../../../objective/unit.ts";
import type { CurvesFigure, LearningCurve } from "../../../plot/index.ts";
import type { PlotStyle } from "./draw-plot.ts";
import { TextCanvas, valueRange } from "./text-canvas.ts";

const ROWS = 18;
const SIGNS = { stop: "x", pause: "o", resume: "^" } as const;
type Sign = keyof typeof SIGNS;

/** Learning curves over their steps, the best complete one drawn through; where trials were stopped, paused and promoted. */
export function curvesPlot({ metric, curves, best, trials }: CurvesFigure, style: PlotStyle): readonly string[] {
  if (curves.length === 0) return ["No trial has told a value at a step yet."];
  const { width, glyphs, paint } = style;
  const points = curves.flatMap((curve) => curve.points);
  const range = valueRange(
    points.map(({ value }) => value),
    metric.direction,
  );
  const [top, bottom] = [formatNumber(range.high, 4), formatNumber(range.low, 4)];
  const [first, last] = [points, points].map((all, k) =>
    all.reduce((end, { step }) => (k === 0 ? Math.min(end, step) : Math.max(end, step)), all[0]!.step),
  ) as [number, number];
  const canvas = new TextCanvas(width - Math.max(top.length, bottom.length) - 3, ROWS);
  const across = (step: number): number => (last === first ? 0.5 : (step - first) / (last - first));
  const draw = ({ points }: LearningCurve, sign: string): void => {
    for (const { step, value } of points) canvas.plot(across(step), range.share(value), sign);
  };
  for (const curve of curves) draw(curve, paint.dim(glyphs.dot));
  for (const curve of curves) if (curve.trial === best) draw(curve, paint.green(glyphs.horizontal));
  const counts = { stop: 0, pause: 0, resume: 0 };
  for (const action of ["pause", "resume", "stop"] as const)
    for (const { marks } of curves)
      for (const mark of marks)
        if (mark.action === action) {
          counts[action] += 1;
          canvas.plot(across(mark.step), range.share(mark.value), painted(action, style));
        }
  const winner = best === null ? [] : [`${glyphs.horizontal} trial ${best}, the best`];
  const words = { stop: "stopped", pause: "paused", resume: "promoted" };
  const marked = (["stop", "pause", "resume"] as const).flatMap((action) =>
    counts[action] === 0 ? [] : [`${painted(action, style)} ${counts[action]} ${words[action]}`],
  );
  const shown =
    curves.length === trials ? countWords(trials, "trial") : `${curves.length} of ${countWords(trials, "trial")}`;
  const labels = { top, bottom, left: `step ${formatNumber(first, 4)}`, right: formatNumber(last, 4) };
  return [
    `${nameWithAim(metric)} of ${shown}   ${[...winner, ...marked].join("   ")}`.trimEnd(),
    ...canvas.framed(labels, glyphs),
  ];
}

function painted(action: Sign, { paint }: PlotStyle): string {
  return { stop: paint.red, pause: paint.yellow, resume: paint.green }[action](SIGNS[action]);
}

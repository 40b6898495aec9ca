import { createHash } from "node:crypto";
import { BarChart, CustomChart, HeatmapChart, LineChart, ParallelChart, ScatterChart } from "echarts/charts";
import {
  GraphicComponent,
  GridComponent,
  LegendComponent,
  MarkAreaComponent,
  MarkLineComponent,
  ParallelComponent,
  TitleComponent,
  VisualMapComponent,
} from "echarts/components";
import { init, setPlatformAPI, use } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import type { ChartOption, FigureTheme } from "../plot/index.ts";
import { textWidth } from "./text-width.ts";

use([BarChart, CustomChart, HeatmapChart, LineChart, ParallelChart, ScatterChart]);
use([GraphicComponent, GridComponent, LegendComponent, MarkAreaComponent, MarkLineComponent, ParallelComponent]);
use([TitleComponent, VisualMapComponent, SVGRenderer]);

/** Without a browser there is nothing to measure with. */
setPlatformAPI({
  measureText: (text, font) => ({ width: textWidth(text, Number(/(\d+(?:\.\d+)?)px/.exec(font ?? "")?.[1] ?? 12)) }),
});

/** A chart as the text of an SVG, without a browser. */
export function drawSvg(option: ChartOption, { width, height }: Pick<FigureTheme, "width" | "height">): string {
  const chart = init(null, null, { renderer: "svg", ssr: true, width, height });
  try {
    const { tooltip: _pointed, ...still } = option;
    chart.setOption(still);
    return settled(chart.renderToSVGString());
  } finally {
    chart.dispose();
  }
}

/**
 * What changes under a mouse in a page is left out: no style sheet that a content-security policy would refuse, no classes. Names within
 * the picture are made from what it shows: the same each time, and others in a page that holds several pictures.
 */
function settled(svg: string): string {
  const still = svg
    .replace(/<style >[\s\S]*?<\/style>\n?/g, "")
    .replace(/(<[^<>"]*(?:"[^"]*"[^<>"]*)*?) class="zr\d+-cls-\d+"/g, "$1")
    .replaceAll(' pointer-events="visible"', "")
    .replace(/(\bid="|url\(#)zr\d+-/g, "$1zr-");
  const name = createHash("sha256").update(still).digest("hex").slice(0, 8);
  return still.replace(/(\bid="|url\(#)zr-/g, `$1f${name}-`);
}

import { BarChart, CustomChart, HeatmapChart, LineChart, ParallelChart, ScatterChart } from "echarts/charts";
import {
  DataZoomInsideComponent,
  GraphicComponent,
  GridComponent,
  LegendComponent,
  MarkAreaComponent,
  MarkLineComponent,
  ParallelComponent,
  TitleComponent,
  TooltipComponent,
  VisualMapComponent,
} from "echarts/components";
import { type EChartsType, init, use } from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";

const CHARTS = [BarChart, CustomChart, HeatmapChart, LineChart, ParallelChart, ScatterChart];
const PARTS = [
  ...[DataZoomInsideComponent, GraphicComponent, GridComponent, LegendComponent, MarkAreaComponent, MarkLineComponent],
  ...[ParallelComponent, TitleComponent, TooltipComponent, VisualMapComponent],
];

/** A chart in an element. What figures are made of is told here: what a module does as it is loaded is left out of the bundle. */
export function newChart(element: HTMLElement): EChartsType {
  use([...CHARTS, ...PARTS, CanvasRenderer]);
  return init(element, null, { renderer: "canvas" });
}

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
import { init, use } from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";

use([BarChart, CustomChart, HeatmapChart, LineChart, ParallelChart, ScatterChart, CanvasRenderer]);
use([DataZoomInsideComponent, GraphicComponent, GridComponent, LegendComponent, MarkAreaComponent, MarkLineComponent]);
use([ParallelComponent, TitleComponent, TooltipComponent, VisualMapComponent]);

export { init };

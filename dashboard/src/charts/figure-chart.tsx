import type { EChartsType } from "echarts/core";
import { type ReactElement, useEffect, useRef, useSyncExternalStore } from "react";
import { type FigureData, type FigureName, figureNamed, madeFigure } from "../../../src/plot/index.ts";
import { onTheme, shownTheme } from "../widgets/theme.ts";
import { newChart } from "./echarts.ts";
import { themeOf } from "./theme-of.ts";

interface FigureChartProps {
  readonly name: FigureName;
  readonly data: unknown;
  /** What it shows, for who does not see it. */
  readonly label: string;
  readonly height: number;
}

/** A figure, drawn. */
export function FigureChart({ name, data, label, height }: FigureChartProps): ReactElement {
  const box = useRef<HTMLDivElement>(null);
  const chart = useRef<EChartsType | null>(null);
  const theme = useSyncExternalStore(onTheme, shownTheme);
  const newest = useRef({ name, data });
  newest.current = { name, data };
  useEffect(() => {
    const element = box.current;
    if (element === null) return;
    const made = newChart(element);
    chart.current = made;
    // For the browser's own tools, and for tests of what is drawn.
    Object.assign(element, { chart: made });
    const watch = new ResizeObserver(() => {
      if (element.clientWidth === made.getWidth() && element.clientHeight === made.getHeight()) return;
      made.resize();
      draw(made, newest.current, theme, element);
    });
    watch.observe(element);
    return () => {
      watch.disconnect();
      made.dispose();
      chart.current = null;
    };
  }, [theme]);
  useEffect(() => {
    if (chart.current !== null && box.current !== null) draw(chart.current, { name, data }, theme, box.current);
  }, [name, data, theme]);
  return <div className="chart" ref={box} role="img" aria-label={label} style={{ height }} />;
}

function draw(
  chart: EChartsType,
  { name, data }: { readonly name: FigureName; readonly data: unknown },
  theme: "light" | "dark",
  element: HTMLElement,
): void {
  // Higher where its parts would lie over each other: then it is drawn again at once, since it changed its size.
  const least = figureNamed(name).leastHeight?.(data as never, element.clientWidth) ?? 0;
  element.style.minHeight = `${least}px`;
  const own = themeOf(theme, element);
  const { tooltip, ...option } = madeFigure(name, data as never as FigureData as never).option(own);
  // In the picture itself: no markup is written into the page.
  const shown = { ...(tooltip as object | undefined), renderMode: "richText", confine: true };
  chart.setOption({ ...option, tooltip: shown, animation: false } as never, { notMerge: true, lazyUpdate: true });
}

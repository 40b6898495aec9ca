import { type ReactElement, useEffect, useRef, useSyncExternalStore } from "react";
import UPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import type { CurvePoint } from "../views/trial/use-reports.ts";
import { onTheme, shownTheme } from "../widgets/theme.ts";
import { plotColours } from "./plot-colours.ts";

/** A curve with the name that its line has. */
export interface PlottedCurve {
  readonly name: string;
  readonly points: readonly CurvePoint[];
}

interface CurvePlotProps {
  readonly label: string;
  readonly curves: readonly PlottedCurve[];
  /** What they run along; steps unless told. */
  readonly across?: string;
  /** A value holds until the next one. */
  readonly steps?: boolean;
}

const HEIGHT = 260;
/** Distances between numbers of an axis of whole ones. */
const WHOLE = [1, 2, 5]
  .flatMap((digit) => Array.from({ length: 16 }, (_, place) => digit * 10 ** place))
  .sort((a, b) => a - b);

/** Curves over steps. */
export function CurvePlot({ label, curves, across = "step", steps = false }: CurvePlotProps): ReactElement {
  const box = useRef<HTMLDivElement>(null);
  const plot = useRef<UPlot | null>(null);
  const theme = useSyncExternalStore(onTheme, shownTheme);
  const names = curves.map(({ name }) => name).join("\n");
  const data = aligned(curves);
  const whole = data[0].every((at) => Number.isInteger(at));
  const newest = useRef(data);
  newest.current = data;
  useEffect(() => {
    const element = box.current;
    if (element === null) return;
    const made = new UPlot(
      optionsOf(names.split("\n"), { label, across, steps, whole, theme, width: element.clientWidth }),
      newest.current,
      element,
    );
    plot.current = made;
    const watch = new ResizeObserver(() => made.setSize({ width: element.clientWidth, height: HEIGHT }));
    watch.observe(element);
    return () => {
      watch.disconnect();
      made.destroy();
      plot.current = null;
    };
  }, [names, label, theme, across, steps, whole]);
  useEffect(() => plot.current?.setData(data), [data]);
  return <div className="curve" ref={box} role="img" aria-label={summaryOf(label, across, curves)} />;
}

function summaryOf(label: string, across: string, curves: readonly PlottedCurve[]): string {
  const parts = curves.map(({ name, points }) => {
    const [first, last] = [points[0], points.at(-1)];
    return first === undefined || last === undefined
      ? `${name}: nothing`
      : `${name}: from ${first[1]} at ${across} ${first[0]} to ${last[1]} at ${across} ${last[0]}`;
  });
  return `${label} by ${across}. ${parts.join("; ")}.`;
}

/** The curves over all of their steps; null where one has no value. */
function aligned(curves: readonly PlottedCurve[]): UPlot.AlignedData {
  const steps = [...new Set(curves.flatMap(({ points }) => points.map(([step]) => step)))].sort((a, b) => a - b);
  const places = new Map(steps.map((step, place) => [step, place]));
  const series = curves.map(({ points }) => {
    const values = new Array<number | null>(steps.length).fill(null);
    for (const [step, value] of points) values[places.get(step)!] = value;
    return values;
  });
  return [steps, ...series];
}

interface PlotSettings {
  readonly label: string;
  readonly across: string;
  readonly steps: boolean;
  /** Whether all that they run along is whole. */
  readonly whole: boolean;
  readonly theme: "light" | "dark";
  readonly width: number;
}

function optionsOf(
  names: readonly string[],
  { label, across, steps, whole, theme, width }: PlotSettings,
): UPlot.Options {
  const { text, line, series } = plotColours(theme);
  const axis = { stroke: text, grid: { stroke: line, width: 1 }, ticks: { stroke: line, width: 1 } };
  const paths = steps ? UPlot.paths.stepped?.({ align: 1 }) : undefined;
  return {
    width,
    height: HEIGHT,
    scales: { x: { time: false } },
    axes: [
      { ...axis, label: across, ...(whole && { incrs: WHOLE }) },
      { ...axis, label, size: 70 },
    ],
    series: [
      { label: across },
      ...names.map((name, place) => ({
        label: name,
        stroke: series[place % series.length] ?? text,
        width: 2,
        spanGaps: true,
        points: { show: names.length === 1 && !steps },
        ...(paths !== undefined && { paths }),
      })),
    ],
    cursor: { drag: { x: true, y: false } },
  };
}

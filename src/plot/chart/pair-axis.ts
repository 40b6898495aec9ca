import type { ChartOption } from "../figure.ts";
import type { FigureAxis } from "../figure-axis.ts";
import type { FigureTheme } from "../figure-theme.ts";
import { clipText } from "./clip-text.ts";
import { parameterAxis } from "./frame.ts";

const MOST_SIGNS = 11;

/** The axis of a parameter from 0 to 1, single values too: each in the middle of its share. */
export function pairAxis(theme: FigureTheme, of: FigureAxis, more: ChartOption = {}): ChartOption {
  const { values } = of;
  if (values === null) return parameterAxis(theme, of, more);
  const ticks = values.map((text, place) => ({
    place: (place + 0.5) / values.length,
    text: clipText(text, MOST_SIGNS),
  }));
  return parameterAxis(theme, { ...of, values: null, ticks }, more);
}

/** A place (see placeOnAxis) on that axis. */
export function pairPlace({ values }: FigureAxis, place: number): number {
  return values === null ? place : (place + 0.5) / values.length;
}

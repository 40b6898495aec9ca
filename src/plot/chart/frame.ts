import type { ChartOption } from "../figure.ts";
import type { FigureAxis } from "../figure-axis.ts";
import type { FigureTheme } from "../figure-theme.ts";
import { wrapText } from "./wrap-text.ts";

/** What a figure says above the picture. */
export interface Caption {
  readonly title: string;
  readonly sentence: string;
}

/** Pixels of one line of the sentence. */
const LINE = 17;
const TITLE = 38;

/** Room above the drawing, in pixels; the legend stands in the last of it. */
export function topOf(theme: FigureTheme, { sentence }: Caption): number {
  return theme.heading ? TITLE + LINE * sentenceLines(theme, sentence).length + 34 : 34;
}

function sentenceLines({ width }: FigureTheme, sentence: string): readonly string[] {
  return wrapText(sentence.replaceAll("`", ""), Math.floor((width - 40) / 6.9));
}

/** What all charts have in common: ground, font, heading with the sentence, no motion. */
export function frame(theme: FigureTheme, caption: Caption): ChartOption {
  const { background, text, faint, font, heading, colours } = theme;
  return {
    animation: false,
    backgroundColor: background,
    color: [...colours],
    textStyle: { fontFamily: font, color: text, fontSize: 12 },
    ...(heading && {
      title: {
        text: caption.title,
        subtext: sentenceLines(theme, caption.sentence).join("\n"),
        left: 20,
        top: 12,
        itemGap: 8,
        textStyle: { color: text, fontSize: 16, fontWeight: "normal", fontFamily: font },
        subtextStyle: { color: faint, fontSize: 12, lineHeight: LINE, fontFamily: font },
      },
    }),
  };
}

/** A value axis in the theme. */
export function axis(theme: FigureTheme, name: string, more: ChartOption = {}): ChartOption {
  const { text, faint, line, font } = theme;
  return {
    type: "value",
    name,
    nameLocation: "middle",
    nameGap: 30,
    nameTextStyle: { color: text, fontFamily: font },
    axisLine: { show: true, onZero: false, lineStyle: { color: faint } },
    axisTick: { lineStyle: { color: faint } },
    axisLabel: { color: faint, fontFamily: font, hideOverlap: true },
    splitLine: { lineStyle: { color: line } },
    ...more,
  };
}

/** The line that says what signs and colours mean. */
export function legend(theme: FigureTheme, caption: Caption, names: readonly string[]): ChartOption {
  return {
    data: [...names],
    right: 20,
    top: topOf(theme, caption) - 24,
    textStyle: { color: theme.text, fontFamily: theme.font },
    inactiveColor: theme.faint,
    itemHeight: 10,
    itemWidth: 18,
  };
}

/** Pixels of a name's sign in the legend with the room about it, of a letter, and of a line of names. */
const [LEGEND_SIGN, LEGEND_LETTER, LEGEND_LINE] = [34, 7, 20] as const;

/** Room that a legend takes whose names do not fit beside each other, in pixels below that of the first line. */
export function moreLegend({ width }: FigureTheme, names: readonly string[]): number {
  let [lines, used] = [1, 0];
  for (const { length } of names) {
    const own = LEGEND_SIGN + LEGEND_LETTER * length;
    if (used > 0 && used + own > width - 40) {
      lines += 1;
      used = 0;
    }
    used += own;
  }
  return (lines - 1) * LEGEND_LINE;
}

/** The axis of a parameter, by places: from 0 to 1, or that of a single value. */
export function parameterAxis(theme: FigureTheme, of: FigureAxis, more: ChartOption = {}): ChartOption {
  const { values, ticks } = of;
  const { axisLabel, ...plain } = axis(theme, of.name) as { readonly axisLabel: object };
  if (values !== null)
    return { ...plain, axisLabel, type: "category", data: [...values], splitLine: { show: false }, ...more };
  const places = ticks.map(({ place }) => place);
  const text = new Map(ticks.map((tick) => [tick.place, tick.text]));
  return {
    ...plain,
    min: 0,
    max: 1,
    axisTick: { customValues: places, lineStyle: { color: theme.faint } },
    axisLabel: { ...axisLabel, customValues: places, formatter: (place: number) => text.get(place) ?? "" },
    splitLine: { show: false },
    ...more,
  };
}

import type { ChartOption, FigureTheme, MadeFigure } from "../plot/index.ts";
import { wrapText } from "../plot/index.ts";

/** What stands in the place of a figure that has nothing to show yet. */
export function emptyOption({ title, sentence }: MadeFigure, theme: FigureTheme): ChartOption {
  const { background, text, faint, font, width, height } = theme;
  const lines = wrapText(sentence.replaceAll("`", ""), Math.floor((width - 120) / 8));
  return {
    animation: false,
    backgroundColor: background,
    title: {
      text: title,
      subtext: lines.join("\n"),
      left: "center",
      top: Math.max(10, height / 2 - 40 - 9 * lines.length),
      itemGap: 12,
      textStyle: { color: text, fontSize: 16, fontWeight: "normal", fontFamily: font },
      subtextStyle: { color: faint, fontSize: 13, lineHeight: 19, fontFamily: font },
    },
  };
}

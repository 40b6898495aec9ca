import { FIGURE_THEMES } from "../../../src/plot/figure-theme.ts";

/** Colours of a plot in the page's theme; lines are told apart by those who see colours otherwise too (Okabe and Ito). */
export interface PlotColours {
  readonly text: string;
  readonly line: string;
  readonly series: readonly string[];
}

/** The colours in force now. */
export function plotColours(theme: "light" | "dark"): PlotColours {
  const style = getComputedStyle(document.documentElement);
  const text = style.getPropertyValue("--text").trim();
  return { text, line: style.getPropertyValue("--line").trim(), series: FIGURE_THEMES[theme].colours };
}

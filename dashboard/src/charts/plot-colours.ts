/** Colours of a plot in the page's theme; lines are told apart by those who see colours otherwise too (Okabe and Ito). */
export interface PlotColours {
  readonly text: string;
  readonly line: string;
  readonly series: readonly string[];
}

const LIGHT = ["#0072b2", "#c77700", "#00855f", "#c4500a", "#3f8fc4", "#a9568a"];
const DARK = ["#56a8e0", "#e69f00", "#2fbf93", "#f0743e", "#8ccbf2", "#d78fbd"];

/** The colours in force now. */
export function plotColours(theme: "light" | "dark"): PlotColours {
  const style = getComputedStyle(document.documentElement);
  const text = style.getPropertyValue("--text").trim();
  return { text, line: style.getPropertyValue("--line").trim(), series: theme === "light" ? LIGHT : DARK };
}

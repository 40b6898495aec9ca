import { FIGURE_THEMES, type FigureTheme } from "../../../src/plot/figure-theme.ts";

/** How a figure looks in an element of the page: as large as that, on the page's ground, without a heading of its own. */
export function themeOf(theme: "light" | "dark", { clientWidth, clientHeight }: HTMLElement): FigureTheme {
  const ground = getComputedStyle(document.documentElement).getPropertyValue("--ground").trim();
  const size = { width: Math.max(200, clientWidth), height: clientHeight, heading: false };
  return {
    ...FIGURE_THEMES[theme],
    ...size,
    background: ground === "" ? FIGURE_THEMES[theme].background : ground,
    font: "system-ui, sans-serif",
  };
}

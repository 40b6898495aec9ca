import { describe, expect, it } from "vitest";
import { figureStudy } from "../plot/figure-study.testing.ts";
import { FIGURE_NAMES, FIGURE_THEMES, type FigureName, madeFigure, makeFigure } from "../plot/index.ts";
import { drawFigure } from "./draw-figure.ts";

const now = 60_000;

describe.each(FIGURE_NAMES)("the figure %s", (name: FigureName) => {
  it("says before the first trial what will appear, and draws that", async () => {
    const made = makeFigure(name, figureStudy(0), { now });
    expect(made.empty).toMatch(/\.$/);
    expect(made.sentence).toBe(made.empty);
    const svg = await drawFigure(made, FIGURE_THEMES.light, "svg");
    for (const word of made.sentence.replaceAll("`", "").split(" ")) expect(svg).toContain(word);
  });

  it("is plain JSON, whose sentence and drawing are the same behind a wire", async () => {
    const made = makeFigure(name, figureStudy(60, 2), { now });
    const told = madeFigure(name, JSON.parse(JSON.stringify(made.data)));
    expect(told.data).toEqual(made.data);
    expect(told.sentence).toBe(made.sentence);
    for (const theme of [FIGURE_THEMES.light, FIGURE_THEMES.dark]) {
      const svg = await drawFigure(told, theme, "svg");
      expect(svg).toBe(await drawFigure(made, theme, "svg"));
      expect(svg).not.toMatch(/NaN|undefined|Infinity|<style|class=/);
      expect(svg).toContain(theme.background);
      expect(svg).toMatch(/^<svg role="img" [^>]*>\n<title>[^<]+<\/title>\n<desc>[^<]+<\/desc>/);
    }
  });

  it.each([1, 2, 3, 25])("says something true of %d trials, in one sentence", async (count) => {
    const made = makeFigure(name, figureStudy(count, 2), { now });
    expect(made.sentence).toMatch(/^[^\n]+\.$/);
    expect(made.sentence).not.toMatch(/NaN|undefined|Infinity|null/);
    await drawFigure(made, FIGURE_THEMES.light, "svg");
  });

  it("keeps within its frame, small and large", async () => {
    const made = makeFigure(name, figureStudy(60, 2), { now });
    for (const [width, height] of [
      [300, 200],
      [1600, 900],
    ] as const) {
      const svg = await drawFigure(made, { ...FIGURE_THEMES.light, width, height, heading: false }, "svg");
      expect(svg).toContain(`viewBox="0 0 ${width} ${height}"`);
    }
  });
});

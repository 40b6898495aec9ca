import { describe, expect, it } from "vitest";
import { figureStudy } from "../plot/figure-study.testing.ts";
import { FIGURE_NAMES, FIGURE_THEMES, makeFigure } from "../plot/index.ts";
import { drawFigure } from "./draw-figure.ts";

const now = 60_000;
const study = figureStudy(60, 2);

describe("figures as files", () => {
  it("are PNGs of two pixels for each of the figure, light and dark", async () => {
    const history = makeFigure("history", study, { now });
    const pictures = await Promise.all(
      Object.values(FIGURE_THEMES).map(async (theme) =>
        Buffer.from(await drawFigure(history, { ...theme, width: 400, height: 300 }, "png")),
      ),
    );
    for (const png of pictures) {
      expect(png.subarray(1, 4).toString()).toBe("PNG");
      expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([800, 600]);
    }
    expect(pictures[0]!.equals(pictures[1]!)).toBe(false);
  });

  it.each(FIGURE_NAMES)("%s is a PDF of one page that carries its font", async (name) => {
    for (const empty of [true, false])
      for (const theme of Object.values(FIGURE_THEMES)) {
        const made = makeFigure(name, empty ? figureStudy(0) : study, { now });
        const pdf = Buffer.from(await drawFigure(made, theme, "pdf")).toString("latin1");
        expect(pdf.slice(0, 5)).toBe("%PDF-");
        expect(pdf).toMatch(/\/MediaBox \[0 0 600 375\]/);
        expect(pdf.match(/\/Type \/Page\b/g)).toHaveLength(1);
        expect(pdf).toContain("/FontFile2");
      }
  });

  it("draw names that hold what SVG is written with", async () => {
    const figure = makeFigure("importance", study, { now });
    const odd = { ...figure, empty: 'a <b> & "c" </text><script>' };
    expect(await drawFigure(odd, FIGURE_THEMES.light, "svg")).not.toContain("<script");
    expect(Buffer.from(await drawFigure(odd, FIGURE_THEMES.light, "pdf")).length).toBeGreaterThan(5_000);
    expect(Buffer.from(await drawFigure(odd, FIGURE_THEMES.light, "png")).length).toBeGreaterThan(2_000);
  });
});

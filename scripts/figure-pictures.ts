/** Draws the pictures of docs/guide/figures.md: `node scripts/figure-pictures.ts`. The same each time. */
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { drawFigure } from "../src/drawing/draw-figure.ts";
import { figureStudy } from "../src/plot/figure-study.testing.ts";
import { FIGURE_NAMES, FIGURE_THEMES, type FigureSource, makeFigure } from "../src/plot/index.ts";

const folder = path.resolve(import.meta.dirname, "..", "docs", "guide", "figures");
const TRIALS = 90;

/** A study of 90 trials with a limit, of one objective or of two. */
function studyOf(name: string): FigureSource {
  const several = name === "front" || name === "hypervolume";
  return several ? { ...figureStudy(TRIALS, 2), limits: ["ms <= 11"] } : figureStudy(TRIALS);
}

mkdirSync(folder, { recursive: true });
for (const name of FIGURE_NAMES) {
  const made = makeFigure(name, studyOf(name), { now: TRIALS * 1000 + 2_000 });
  const theme = { ...FIGURE_THEMES.light, width: 720, height: 430 };
  writeFileSync(path.join(folder, `${name}.svg`), await drawFigure(made, theme, "svg"));
  process.stdout.write(`${name}: ${made.sentence}\n`);
}

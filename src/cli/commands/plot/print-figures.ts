import type { FigureName, FigureRequest } from "../../../plot/index.ts";
import { jsonText } from "../../../record/json-text.ts";
import { figureSource } from "../../../study/figure-source.ts";
import type { StudyReader } from "../../../study/study-reader.ts";
import type { CliContext } from "../../context.ts";
import { glyphsFor } from "../../render/text.ts";

/** Columns of a figure. */
const LEAST_WIDTH = 40;
const MOST_WIDTH = 100;

/** Figures in lines of text, or as data on a line each: of those that show one objective one for each, or the one that is asked for. */
export async function printFigures(
  names: readonly FigureName[],
  study: StudyReader,
  request: FigureRequest,
  json: boolean,
  { output, environment }: CliContext,
): Promise<void> {
  const { drawAsText, figuresOf } = await import("./draw-plot.ts");
  const style = {
    width: Math.max(LEAST_WIDTH, Math.min(MOST_WIDTH, output.outWidth)),
    glyphs: glyphsFor(environment),
    paint: output.outPaint,
    now: request.now ?? Date.now(),
  };
  const source = figureSource(study);
  const figures = names.flatMap((name) => figuresOf(name, source, request));
  for (const [place, figure] of figures.entries()) {
    if (json) output.out(jsonText(figure.data), "exact");
    else for (const line of [...(place === 0 ? [] : [""]), ...drawAsText(figure, style)]) output.out(line);
  }
}

import type { ChartOption, Figure, FigureRequest, FigureSource } from "./figure.ts";
import { FIGURE_DATA } from "./figure-data.ts";
import type { FigureName } from "./figure-names.ts";
import type { FigureTheme } from "./figure-theme.ts";
import { type FigureData, type FigureDataByName, figureNamed } from "./figures.ts";

/** A figure of a study, ready to be shown. */
export interface MadeFigure<D = FigureData> {
  readonly name: FigureName;
  readonly title: string;
  readonly data: D;
  /** See Figure. */
  readonly sentence: string;
  readonly empty: string | null;
  option(theme: FigureTheme): ChartOption;
}

/** @throws AttuneError `invalid-argument` for a request that does not fit the study. */
export function makeFigure<N extends FigureName>(
  name: N,
  study: FigureSource,
  request: FigureRequest = {},
): MadeFigure<FigureDataByName[N]> {
  return madeFigure(name, FIGURE_DATA[name](study, request));
}

/** The same of data that were made before. */
export function madeFigure<N extends FigureName>(name: N, data: FigureDataByName[N]): MadeFigure<FigureDataByName[N]> {
  const figure: Figure<FigureDataByName[N]> = figureNamed(name);
  const empty = figure.empty(data);
  const sentence = empty ?? figure.sentence(data);
  return { name, title: figure.title, data, sentence, empty, option: (theme) => figure.option(data, theme) };
}

import { AttuneError } from "../errors.ts";
import { FIGURE_NAMES, type FigureName } from "../plot/figure-names.ts";
import type { FigureDataByName, FigureThemeName } from "../plot/index.ts";
import { checkOptions, OPTION, type OptionKinds } from "../space/check-options.ts";
import { figureSource } from "./figure-source.ts";
import type { StudyReader } from "./study-reader.ts";

/** Which of its figures is wanted. */
export interface FigureOptions {
  /** Of a figure that shows one objective: which one; the first unless told. */
  readonly metric?: string;
  /** Points at most; of more those are kept that stick out. All of them unless told. */
  readonly points?: number;
  /** The two parameters of a figure of pairs; those that explain most unless told. */
  readonly parameters?: readonly string[];
}

/** How a figure is drawn. */
export interface FigureLook {
  readonly theme?: FigureThemeName;
  /** Pixels; 800 unless told. */
  readonly width?: number;
  /** Pixels; 500 unless told. */
  readonly height?: number;
  /** Whether title and sentence are part of the picture; they are unless told. */
  readonly heading?: boolean;
}

/** A figure of a study. */
export interface StudyFigure<D> {
  readonly title: string;
  /** An object of JSON. */
  readonly data: D;
  /** What the data say, or, while there is nothing to draw, what will appear and when. Names stand between backticks. */
  readonly sentence: string;
  /** Whether there is nothing to draw yet. */
  readonly empty: boolean;
  /** The figure drawn, as the text of an SVG. */
  svg(look?: FigureLook): Promise<string>;
}

/** The figures of a study as it is known when they are asked for. */
export type StudyPlots = {
  readonly [N in FigureName]: (options?: FigureOptions) => Promise<StudyFigure<FigureDataByName[N]>>;
};

const OPTIONS: OptionKinds<FigureOptions> = { metric: OPTION.text, points: OPTION.positive, parameters: OPTION.list };
const LOOK: OptionKinds<FigureLook> = {
  theme: OPTION.text,
  width: OPTION.positive,
  height: OPTION.positive,
  heading: OPTION.yesOrNo,
};

/** The figures of a study by name. */
export function studyPlots<P>(study: StudyReader<P>): StudyPlots {
  const made = FIGURE_NAMES.map((name) => [
    name,
    async (options?: FigureOptions) => await figureOf(name, study, options),
  ]);
  return Object.fromEntries(made) as StudyPlots;
}

async function figureOf<N extends FigureName, P>(
  name: N,
  study: StudyReader<P>,
  options: FigureOptions = {},
): Promise<StudyFigure<FigureDataByName[N]>> {
  checkOptions(`study.plot.${name}`, options, OPTIONS);
  const { FIGURE_THEMES, makeFigure } = await import("../plot/index.ts");
  const figure = makeFigure(name, figureSource(study), { ...options, now: Date.now() });
  const { title, data, sentence, empty } = figure;
  const svg = async (look: FigureLook = {}): Promise<string> => {
    checkOptions(`study.plot.${name}.svg`, look, LOOK);
    const { theme = "light", ...others } = look;
    if (!Object.hasOwn(FIGURE_THEMES, theme)) {
      const message = `study.plot.${name}.svg: theme is "${theme}"; give ${Object.keys(FIGURE_THEMES).join(" or ")}.`;
      throw new AttuneError("invalid-argument", message);
    }
    const { drawFigure } = await import("../drawing/draw-figure.ts");
    return await drawFigure(figure, { ...FIGURE_THEMES[theme], ...others }, "svg");
  };
  return { title, data, sentence, empty: empty !== null, svg };
}

import {
  FIGURE_NAMES,
  FIGURE_THEMES,
  FIGURES,
  type FigureRequest,
  type MadeFigure,
  makeFigure,
} from "../../plot/index.ts";
import { figureSource } from "../../study/figure-source.ts";
import type { Study } from "../../study/index.ts";
import type { OperationParsed } from "../operations/index.ts";
import type { CallContext } from "../study-service.ts";
import type { Handlers } from "./index.ts";

type FigureHandlers = Pick<Handlers, "figures" | "figure" | "figureSvg">;

/** Operations about the figures of a study. */
export const figureHandlers: FigureHandlers = {
  figures: async ({ study }, { studies }) =>
    await studies.use(study, async ({ metrics }) => ({
      figures: FIGURE_NAMES.map((name) => {
        const { title, help, of } = FIGURES[name];
        return { name, title, help, metrics: of === "metric" ? metrics.map((metric) => metric.name) : [] };
      }),
    })),
  figure: async (input, context) => {
    const { revision, made } = await madeOf(input, context);
    return { ...toldOf(revision, made), data: made.data as unknown as { type: string } };
  },
  figureSvg: async ({ theme: themeName, width, height, heading, ...input }, context) => {
    const { revision, made } = await madeOf(input, context);
    const { drawFigure } = await import("../../drawing/draw-figure.ts");
    const theme = { ...FIGURE_THEMES[themeName], width, height, heading };
    return { ...toldOf(revision, made), svg: await drawFigure(made, theme, "svg") };
  },
};

function toldOf(revision: number, { name, title, sentence, empty }: MadeFigure) {
  return { revision, figure: name, title, sentence, empty: empty !== null };
}

interface Known {
  readonly revision: number;
  readonly figures: Map<string, MadeFigure>;
}

/** Figures of the newest revision that was asked for. */
const known = new WeakMap<Study, Known>();

/** Of one revision each is made once. */
async function madeOf({ study: name, figure, ...request }: OperationParsed<"figure">, { studies }: CallContext) {
  return await studies.use(name, async (study) => {
    await study.refresh();
    const { revision } = study;
    const before = known.get(study);
    const { figures } = before?.revision === revision ? before : { figures: new Map<string, MadeFigure>() };
    known.set(study, { revision, figures });
    const key = JSON.stringify([figure, request]);
    const asked = Object.fromEntries(Object.entries(request).filter(([, value]) => value !== undefined));
    const made =
      figures.get(key) ?? makeFigure(figure, figureSource(study), { ...(asked as FigureRequest), now: Date.now() });
    figures.set(key, made);
    return { revision, made };
  });
}

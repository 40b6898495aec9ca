import {
  FIGURE_NAMES,
  FIGURE_THEMES,
  FIGURES,
  type FigureRequest,
  type FigureSource,
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

/** Figures of one revision of a study, and what they are made from. */
interface Known {
  readonly revision: number;
  readonly source: FigureSource;
  readonly figures: Map<string, MadeFigure>;
}

/** Of the newest revision that was asked for. */
const known = new WeakMap<Study, Known>();

/** Figures kept of a study: each kind, and some more for other metrics, pairs and widths. Those that were asked for last. */
const MOST_KEPT = 24;

/** Of one revision each is made once, however many ask for it. */
async function madeOf({ study: name, figure, ...request }: OperationParsed<"figure">, { studies }: CallContext) {
  return await studies.use(name, async (study) => {
    await study.refresh();
    const { revision } = study;
    const before = known.get(study);
    const now: Known =
      before?.revision === revision ? before : { revision, source: figureSource(study), figures: new Map() };
    known.set(study, now);
    const { source, figures } = now;
    const asked = Object.fromEntries(Object.entries(request).filter(([, value]) => value !== undefined));
    const key = JSON.stringify([figure, asked]);
    const made = figures.get(key) ?? makeFigure(figure, source, { ...(asked as FigureRequest), now: Date.now() });
    figures.delete(key);
    figures.set(key, made);
    const [oldest] = figures.keys();
    if (figures.size > MOST_KEPT && oldest !== undefined) figures.delete(oldest);
    return { revision, made };
  });
}

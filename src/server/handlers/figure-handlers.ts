import { FIGURE_NAMES, FIGURES } from "../../plot/index.ts";
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
  figure: async (input, { figures }) => await figures.ask(input),
  figureSvg: async ({ theme, width, height, heading, ...input }, { figures }) =>
    await figures.ask(input, { theme, width, height, heading }),
};

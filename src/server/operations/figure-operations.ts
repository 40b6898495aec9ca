import { z } from "zod";
import { FIGURE_NAMES, FIGURE_THEMES, type FigureThemeName } from "../../plot/index.ts";
import { operation } from "./operation.ts";
import { count, studyName } from "./values-schema.ts";

const name = z.enum(FIGURE_NAMES);
const themes = Object.keys(FIGURE_THEMES) as [FigureThemeName, ...FigureThemeName[]];
const text = z.string().min(1).max(200);

const wanted = {
  study: studyName,
  figure: name,
  metric: text.optional().meta({ description: "Of a figure that shows one objective: which one; else the first." }),
  points: z.int().min(10).max(1_000_000).default(4_000).meta({
    description: "Points at most; of more those are kept that stick out.",
  }),
  parameters: z.array(text).max(2).optional().meta({
    description: "The two that a figure of pairs shows; else those that decide most.",
  }),
};

/** What every answer about a figure says. */
const told = {
  revision: count,
  figure: name,
  title: z.string(),
  sentence: z.string().meta({
    description:
      "What it says, or, while there is nothing to draw, what will appear and when. Names stand in backticks.",
  }),
  empty: z.boolean().meta({ description: "Whether there is nothing to draw yet." }),
};

/** Operations about the figures of a study. */
export const figureOperations = {
  figures: operation({
    summary: "The figures there are of a study.",
    role: "reader",
    http: { method: "GET", path: "/studies/{study}/figures" },
    input: z.strictObject({ study: studyName }),
    output: z.object({
      figures: z.array(
        z.object({
          name,
          title: z.string(),
          help: z.string(),
          metrics: z.array(z.string()).meta({ description: "There is one for each of these; empty for one in all." }),
        }),
      ),
    }),
  }),
  figure: operation({
    summary: "The data of a figure.",
    role: "reader",
    http: { method: "GET", path: "/studies/{study}/figures/{figure}" },
    input: z.strictObject(wanted),
    output: z.object({ ...told, data: z.looseObject({ type: z.string() }) }),
  }),
  figureSvg: operation({
    summary: "A figure drawn, as the text of an SVG.",
    role: "reader",
    http: { method: "GET", path: "/studies/{study}/figures/{figure}/svg" },
    input: z.strictObject({
      ...wanted,
      theme: z.enum(themes).default("light"),
      width: z.int().min(300).max(4_000).default(FIGURE_THEMES.light.width).meta({ description: "In pixels." }),
      height: z.int().min(200).max(4_000).default(FIGURE_THEMES.light.height).meta({ description: "In pixels." }),
      heading: z.boolean().default(true).meta({ description: "Whether title and sentence are part of the picture." }),
    }),
    output: z.object({ ...told, svg: z.string() }),
  }),
};

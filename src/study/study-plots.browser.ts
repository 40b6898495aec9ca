import { AttuneError } from "../errors.ts";
import { FIGURE_NAMES } from "../plot/figure-names.ts";
import type { StudyPlots } from "./study-plots.ts";

/** @throws AttuneError `invalid-argument` when a figure is asked for: what makes them is as large as all the rest. */
export function studyPlots(): StudyPlots {
  const refuse = async (): Promise<never> => {
    const message = "A study in a browser makes no figures; ask a server for them, or make them under Node.";
    throw new AttuneError("invalid-argument", message);
  };
  return Object.fromEntries(FIGURE_NAMES.map((name) => [name, refuse])) as unknown as StudyPlots;
}

import type { Metric } from "../../trial/metric.ts";
import type { RunSettings } from "../settings/table.ts";

/** The objectives that settings name, in the order in which they do; undefined where they name none. */
export function givenObjectives(settings: RunSettings): readonly Metric[] | undefined {
  const named: Metric[] = [];
  for (const key of Object.keys(settings)) {
    if (key !== "minimized" && key !== "maximized") continue;
    const direction = key === "minimized" ? "minimize" : "maximize";
    named.push(...(settings[key] ?? []).map((name): Metric => ({ name, direction })));
  }
  return named.length === 0 ? undefined : named;
}

/** Settings with the objectives of later ones in place of theirs, all of them, where those name any. */
export function withoutObjectives(settings: RunSettings, later: RunSettings): RunSettings {
  if (givenObjectives(later) === undefined) return settings;
  const { minimized: _, maximized: __, ...others } = settings;
  return others;
}

/** Settings read from options, with the kind of objective first that the command line names first. */
export function objectivesInOrder(settings: RunSettings, options: object): RunSettings {
  const order = Object.keys(options);
  if (order.indexOf("maximize") > order.indexOf("minimize")) return settings;
  const { minimized, ...others } = settings;
  return minimized === undefined ? settings : { ...others, minimized };
}

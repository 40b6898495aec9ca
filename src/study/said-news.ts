import type { Metric } from "../trial/metric.ts";

/** What changes in references and units of a study's objectives, in sentences. */
export function saidNews(before: readonly Metric[], after: readonly Metric[]): readonly string[] {
  return [
    ...newsOf(
      "references",
      wordsOf(before, ({ reference }) => reference),
      wordsOf(after, ({ reference }) => reference),
    ),
    ...newsOf(
      "units",
      wordsOf(before, ({ unit }) => unit),
      wordsOf(after, ({ unit }) => unit),
    ),
  ];
}

function wordsOf(metrics: readonly Metric[], pick: (metric: Metric) => string | number | undefined): string {
  const said = metrics.flatMap((metric) => {
    const value = pick(metric);
    return value === undefined ? [] : [`${metric.name} ${value}`];
  });
  return said.sort().join(", ");
}

function newsOf(what: string, was: string, is: string): readonly string[] {
  if (was === is) return [];
  if (is === "") return [`The ${what} are taken away: ${was}.`];
  return [was === "" ? `The ${what} from now on: ${is}.` : `The ${what} change from ${was} to ${is}.`];
}

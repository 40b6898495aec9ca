import type { Candidate, Confirmation, ConfirmedConfiguration, ConfirmedLead } from "../../../analysis/index.ts";
import { formatNumber } from "../../../analysis/words/format-number.ts";
import { compareValues, leadOver, nameWithUnit } from "../../../objective/index.ts";
import type { Metric } from "../../../trial/metric.ts";
import { type Paint, renderTable, wrapWords } from "../../render/text.ts";
import { roleWords } from "../../render/words.ts";

const COLUMNS = [
  { title: "", align: "left" },
  { title: "trial", align: "right" },
  { title: "chosen for", align: "right" },
  { title: "fresh mean", align: "right" },
  { title: "95 % interval", align: "left" },
  { title: "fresh runs", align: "right" },
] as const;

/** Which configuration `attune best` names after these runs, where it is another than before; null where it is the same. */
export function bestLine(best: Candidate | undefined): string | null {
  if (best === undefined || best.role === "winner") return null;
  return `attune best now names trial ${best.number}, ${roleWords(best.role)}.`;
}

/** A confirmation as a table and a sentence for each comparison; `notMade` runs were spared because the first ones came out alike. */
export function confirmationLines(
  confirmation: Confirmation,
  notMade: number,
  paint: Paint,
  width: number,
): readonly string[] {
  const { configurations, leads, ignoresSeeds, metric } = confirmation;
  const { first, mean } = configurations[0]!;
  const isLucky = first !== null && mean !== null && compareValues(first, mean, metric.direction) < 0;
  const table = renderTable(
    [{ ...COLUMNS[0], title: nameWithUnit(metric) }, ...COLUMNS.slice(1)],
    configurations.map(row),
    width,
  );
  return [
    ...table,
    "",
    ...leads.flatMap((lead) => wrapWords(verdict(lead, isLucky), width).map(colourOf(lead, paint))),
    ...configurations.slice(1).flatMap((other) => {
      const line = notMade > 0 ? byTrials(other, configurations[0]!, leads, metric) : null;
      return wrapWords(line ?? missing(other, configurations[0]!, leads) ?? "", width);
    }),
    ...(ignoresSeeds ? wrapWords(notMade > 0 ? `${SEEDLESS} ${notMadeWords(notMade)}` : SEEDLESS, width) : []),
  ].filter((line, place) => line !== "" || place === table.length);
}

const SEEDLESS =
  "Each configuration gave one value on all seeds: the program does not use its seed (${seed} or ATTUNE_SEED), so these runs say nothing about luck.";

function row({ role, number, first, mean, interval, values, failed }: ConfirmedConfiguration): readonly string[] {
  return [
    role,
    String(number),
    first === null ? "-" : formatNumber(first),
    mean === null ? "-" : formatNumber(mean),
    interval === null ? "-" : `${formatNumber(interval.low, 5)} to ${formatNumber(interval.high, 5)}`,
    failed === 0 ? String(values.length) : `${values.length} (${failed} failed)`,
  ];
}

function verdict(lead: ConfirmedLead, isLucky: boolean): string {
  const size = formatNumber(Math.abs(lead.lead), 3);
  const other = roleWords(lead.over);
  const range =
    lead.low === lead.high
      ? `the same on all ${lead.runs} common seeds`
      : `95 % interval ${formatNumber(lead.low, 3)} to ${formatNumber(lead.high, 3)}, ${methodWords(lead)}`;
  if (lead.verdict === "better") return `The winner is better than ${other} by ${size} (${range}).`;
  if (lead.verdict === "worse")
    return `The winner is worse than ${other} by ${size} (${range})${isLucky && lead.over !== "candidate" ? ": its first run was lucky" : ""}.`;
  return `The winner cannot be told from ${other}: its lead is ${formatNumber(lead.lead, 3)} (${range}).`;
}

function colourOf({ verdict: found }: ConfirmedLead, paint: Paint): (text: string) => string {
  return { better: paint.green, worse: paint.red, open: paint.yellow }[found];
}

function methodWords({ method, runs }: ConfirmedLead): string {
  return method === "paired-t" ? `paired t over ${runs} common seeds` : `Welch's t over ${runs} runs`;
}

function notMadeWords(count: number): string {
  const runs = count === 1 ? "The other run was" : `The other ${count} runs were`;
  return `${runs} not made; --keep-going makes them.`;
}

/** The comparison of two configurations of which every run would come out as the first. */
function byTrials(
  { role, first }: ConfirmedConfiguration,
  winner: ConfirmedConfiguration,
  leads: readonly ConfirmedLead[],
  metric: Metric,
): string | null {
  if (first === null || winner.first === null || leads.some(({ over }) => over === role)) return null;
  const lead = leadOver(winner.first, first, metric.direction);
  if (lead === 0) return `The winner is as good as ${roleWords(role)}, by their trials.`;
  const size = formatNumber(Math.abs(lead), 3);
  return `The winner is ${lead > 0 ? "better" : "worse"} than ${roleWords(role)} by ${size}, by their trials.`;
}

/** Why there is no comparison with this one, or null when there is. */
function missing(
  { role, values }: ConfirmedConfiguration,
  winner: ConfirmedConfiguration,
  leads: readonly ConfirmedLead[],
): string | null {
  if (leads.some(({ over }) => over === role)) return null;
  const [few, count] =
    winner.values.length < 2 ? ["the winner", winner.values.length] : [roleWords(role), values.length];
  return `No comparison with ${roleWords(role)}: ${few} has ${count} fresh runs; two are needed.`;
}

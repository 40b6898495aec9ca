import type { Confirmation, ConfirmedConfiguration, ConfirmedLead } from "../../analysis/index.ts";
import { formatNumber } from "../render/format-number.ts";
import type { Paint } from "../render/paint.ts";
import { renderTable } from "../render/table.ts";

const COLUMNS = [
  { title: "", align: "left" },
  { title: "trial", align: "right" },
  { title: "chosen for", align: "right" },
  { title: "fresh mean", align: "right" },
  { title: "95 % interval", align: "left" },
  { title: "fresh runs", align: "right" },
] as const;

/** A confirmation as a table and a sentence for each comparison. */
export function confirmationLines(confirmation: Confirmation, paint: Paint, width: number): readonly string[] {
  const { configurations, leads, ignoresSeeds, metric } = confirmation;
  const table = renderTable(
    [{ ...COLUMNS[0], title: metric.name }, ...COLUMNS.slice(1)],
    configurations.map(row),
    width,
  );
  return [
    ...table,
    "",
    ...leads.map((lead) => verdict(lead, paint)),
    ...configurations.slice(1).flatMap((other) => missing(other, configurations[0]!, leads)),
    ...(ignoresSeeds ? [SEEDLESS] : []),
  ];
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

function verdict(lead: ConfirmedLead, paint: Paint): string {
  const range = `95 % interval ${formatNumber(lead.low, 3)} to ${formatNumber(lead.high, 3)}, ${methodWords(lead)}`;
  const size = formatNumber(Math.abs(lead.lead), 3);
  const other = lead.over === "default" ? "the defaults" : `the ${lead.over}`;
  if (lead.verdict === "better") return paint.green(`The winner is better than ${other} by ${size} (${range}).`);
  if (lead.verdict === "worse") {
    return paint.red(`The winner is worse than ${other} by ${size} (${range}): its first run was lucky.`);
  }
  return paint.yellow(`The winner cannot be told from ${other}: its lead is ${formatNumber(lead.lead, 3)} (${range}).`);
}

function methodWords({ method, runs }: ConfirmedLead): string {
  return method === "paired-t" ? `paired t over ${runs} common seeds` : `Welch's t over ${runs} runs`;
}

/** Why there is no comparison with this one. */
function missing(
  { role, values }: ConfirmedConfiguration,
  winner: ConfirmedConfiguration,
  leads: readonly ConfirmedLead[],
): readonly string[] {
  if (leads.some(({ over }) => over === role)) return [];
  const few = winner.values.length < 2 ? "the winner" : role === "default" ? "the defaults" : `the ${role}`;
  const count = winner.values.length < 2 ? winner.values.length : values.length;
  return [
    `No comparison with ${role === "default" ? "the defaults" : `the ${role}`}: ${few} has ${count} fresh runs; two are needed.`,
  ];
}

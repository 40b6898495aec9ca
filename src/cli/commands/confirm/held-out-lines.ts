import type { HeldOutConfiguration, HeldOutJudgement, HeldOutLead } from "../../../analysis/index.ts";
import { formatNumber } from "../../../analysis/words/format-number.ts";
import { nameWithUnit } from "../../../objective/index.ts";
import { failureCause } from "../../../record/failure-cause.ts";
import { type Paint, renderTable, wrapWords } from "../../render/text.ts";
import { roleWords } from "../../render/words.ts";

const HELD_OUT_COLUMNS = [
  { title: "", align: "left" },
  { title: "trial", align: "right" },
  { title: "seen", align: "right" },
  { title: "held out", align: "right" },
  { title: "run", align: "right" },
] as const;

/** A judgement on held-out data as a table and a sentence for each comparison; `logCommand` shows what a run printed. */
export function heldOutLines(
  judgement: HeldOutJudgement,
  logCommand: (run: number) => string,
  paint: Paint,
  width: number,
): readonly string[] {
  const { configurations, metric, seenMetric, leads } = judgement;
  const titles =
    metric.name === seenMetric
      ? HELD_OUT_COLUMNS
      : HELD_OUT_COLUMNS.map((column) => titled(column, seenMetric, metric.name));
  const table = renderTable(
    [{ ...titles[0]!, title: nameWithUnit(metric) }, ...titles.slice(1)],
    configurations.map(heldOutRow),
    width,
  );
  const sentences = [
    ...configurations.flatMap((configuration) => failure(configuration, logCommand)),
    ...leads.map((lead) => sentence(lead)),
    ...ending(judgement),
  ];
  return [...table, "", ...sentences.flatMap((text) => wrapWords(text, width).map(heldOutColour(text, paint)))];
}

function titled<T extends { readonly title: string }>(column: T, seen: string, heldOut: string): T {
  if (column.title === "seen") return { ...column, title: `seen ${seen}` };
  return column.title === "held out" ? { ...column, title: `held out ${heldOut}` } : column;
}

function heldOutRow({ role, trial, seen, heldOut, run, outcome }: HeldOutConfiguration): readonly string[] {
  return [
    role,
    trial === null ? "-" : String(trial),
    seen === null ? "-" : formatNumber(seen),
    heldOut === null ? (outcome === null ? "-" : "failed") : formatNumber(heldOut),
    run === null ? "-" : String(run),
  ];
}

function failure(
  { role, run, heldOut, message, outcome }: HeldOutConfiguration,
  logCommand: (run: number) => string,
): readonly string[] {
  if (run === null || heldOut !== null) return [];
  return [heldOutFailure(roleWords(role), { run, outcome, message }, logCommand)];
}

/** Why a configuration has no held-out value, and where what it printed is. */
export function heldOutFailure(
  what: string,
  { run, outcome, message }: { readonly run: number } & Pick<HeldOutConfiguration, "outcome" | "message">,
  logCommand: (run: number) => string,
): string {
  const cause =
    message === null ? (outcome === "ok" ? "its value is not finite" : (outcome ?? "")) : failureCause(message);
  return `No held-out value of ${what}: ${cause.replace(/\.?$/, ".")} Its output: ${logCommand(run)}`;
}

function sentence({ over, seen, heldOut, remains }: HeldOutLead): string {
  const other = roleWords(over);
  const [now, before] = [formatNumber(Math.abs(heldOut), 3), formatNumber(Math.abs(seen), 3)];
  if (remains === null) {
    const was =
      seen === 0
        ? `it had no lead over ${other} where it was chosen`
        : `${other} led by ${before} where they were seen`;
    if (heldOut === 0) return `On held-out data the winner is as good as ${other}; ${was}.`;
    return `On held-out data the winner is ${heldOut > 0 ? "better" : "worse"} than ${other} by ${now}; ${was}.`;
  }
  if (heldOut === 0)
    return `On held-out data the winner is as good as ${other}: nothing of its lead of ${before} is left.`;
  if (heldOut < 0)
    return `On held-out data the winner is worse than ${other} by ${now}; it led by ${before} where it was chosen.`;
  const left =
    remains > 1
      ? `more than the ${before} by which it was chosen`
      : `${share(remains)} of the ${before} by which it was chosen`;
  return `On held-out data the winner is better than ${other} by ${now}, ${left}.`;
}

function share(remains: number): string {
  const percent = Math.round(remains * 100);
  return percent === 0 ? "less than 1 %" : `${percent} %`;
}

function ending({ leads, rankChanged, allSame, asSeen }: HeldOutJudgement): readonly string[] {
  if (asSeen)
    return ["Every held-out value is the seen one to the last digit: the command seems to see the data of the search."];
  if (leads.length === 0) return [];
  const rank = rankChanged
    ? "The order of the configurations changed."
    : "The order of the configurations is the same.";
  const same = allSame
    ? ["All gave the same value on held-out data: see whether the command uses the parameters."]
    : [];
  return [...same, `${rank} One run each: how much of this is chance is not known.`];
}

function heldOutColour(text: string, paint: Paint): (line: string) => string {
  if (text.startsWith("No held-out value") || text.includes("the winner is worse")) return paint.red;
  return text.includes("the winner is better") ? paint.green : paint.yellow;
}

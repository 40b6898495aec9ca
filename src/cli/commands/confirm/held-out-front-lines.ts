import type { HeldOutFrontConfiguration, HeldOutFrontJudgement, HeldOutLead } from "../../../analysis/index.ts";
import { formatNumber } from "../../../analysis/words/format-number.ts";
import { type Paint, renderTable, wrapWords } from "../../render/text.ts";
import { roleWords } from "../../render/words.ts";
import { heldOutFailure } from "./held-out-lines.ts";

type Objective = HeldOutFrontJudgement["objectives"][number];

/** A judgement of points of a front on held-out data as a table and sentences; `logCommand` shows what a run printed. */
export function heldOutFrontLines(
  judgement: HeldOutFrontJudgement,
  logCommand: (run: number) => string,
  paint: Paint,
  width: number,
): readonly string[] {
  const { configurations, objectives } = judgement;
  const right = (title: string) => ({ title, align: "right" }) as const;
  const columns = [
    { title: "", align: "left" } as const,
    right("trial"),
    ...objectives.flatMap(({ metric, seenMetric }) => [
      right(`seen ${seenMetric}`),
      right(`held out ${metric.name === seenMetric ? "" : metric.name}`.trim()),
    ]),
    right("run"),
  ];
  const row = ({ role, trial, seen, heldOut, run, outcome }: HeldOutFrontConfiguration): readonly string[] => [
    role,
    numberOrNone(trial),
    ...objectives.flatMap(({ metric, seenMetric }) => {
      const value = heldOut?.[metric.name] ?? null;
      return [
        seen === null ? "-" : formatNumber(seen[seenMetric]!),
        value === null ? (outcome === null ? "-" : "failed") : formatNumber(value),
      ];
    }),
    numberOrNone(run),
  ];
  const plain = (line: string): string => line;
  const sentences: readonly (readonly [string, (line: string) => string])[] = [
    ...configurations.flatMap((one) => failures(one, logCommand)).map((text) => [text, paint.red] as const),
    ...comparisons(judgement).map((text) => [text, plain] as const),
    ...standing(judgement, paint),
    ...endings(objectives).map((text) => [text, paint.yellow] as const),
  ];
  return [
    ...renderTable(columns, configurations.map(row), width),
    "",
    ...sentences.flatMap(([text, colour]) => wrapWords(text, width).map(colour)),
  ];
}

function numberOrNone(number: number | null): string {
  return number === null ? "-" : String(number);
}

/** `its neighbour, trial 8`. */
function pointWords({ role, trial }: Pick<HeldOutFrontConfiguration, "role" | "trial">): string {
  return role === "neighbour" ? `its neighbour, trial ${trial}` : roleWords(role);
}

function failures(point: HeldOutFrontConfiguration, logCommand: (run: number) => string): readonly string[] {
  const { run, outcome, message, beatenBy } = point;
  if (run === null || beatenBy !== null) return [];
  return [heldOutFailure(pointWords(point), { run, outcome, message }, logCommand)];
}

/** The chosen point beside each other one, by each objective. */
function comparisons({ configurations, objectives }: HeldOutFrontJudgement): readonly string[] {
  return configurations.slice(1).flatMap((other) => {
    const words = objectives.flatMap(({ seenMetric, leads }) => {
      const lead = leads.find(({ over, trial }) => over === other.role && trial === other.trial);
      return lead === undefined ? [] : [leadWords(seenMetric, lead)];
    });
    if (words.length === 0) return [];
    return [`On held-out data the chosen point beside ${pointWords(other)}: ${words.join(", ")}.`];
  });
}

/** `better in loss by 0.1 (was better by 0.18)`. */
function leadWords(metric: string, { seen, heldOut }: HeldOutLead): string {
  const amount = (lead: number): string => (lead === 0 ? "" : ` by ${formatNumber(Math.abs(lead), 3)}`);
  return `${sideWords(heldOut)} in ${metric}${amount(heldOut)} (was ${sideWords(seen)}${amount(seen)})`;
}

function sideWords(lead: number): string {
  if (lead === 0) return "as good";
  return lead > 0 ? "better" : "worse";
}

/** Whether the chosen point is still on the front of those that were run. */
function standing(
  { configurations }: HeldOutFrontJudgement,
  paint: Paint,
): readonly (readonly [string, (line: string) => string])[] {
  const [chosen, ...others] = configurations;
  if (chosen === undefined || chosen.beatenBy === null || others.every(({ beatenBy }) => beatenBy === null)) return [];
  const by = chosen.beatenBy.map(pointWords);
  if (by.length === 0) return [["On held-out data none of these beats the chosen point in everything.", paint.green]];
  const verb = by.length === 1 && chosen.beatenBy[0]!.role !== "default" ? "is" : "are";
  return [
    [
      `On held-out data ${by.join(" and ")} ${verb} as good as the chosen point in everything, and better in something.`,
      paint.red,
    ],
  ];
}

function endings(objectives: readonly Objective[]): readonly string[] {
  if (objectives.every(({ asSeen }) => asSeen))
    return ["Every held-out value is the seen one to the last digit: the command seems to see the data of the search."];
  if (objectives.every(({ leads }) => leads.length === 0)) return [];
  const named = (which: (objective: Objective) => boolean): string =>
    objectives
      .filter(which)
      .map(({ seenMetric }) => seenMetric)
      .join(" and ");
  const seen = named(({ asSeen }) => asSeen);
  const same = named(({ allSame, asSeen }) => allSame && !asSeen);
  const changed = named(({ rankChanged }) => rankChanged === true);
  return [
    ...(seen === ""
      ? []
      : [
          `Held-out values of ${seen} are the seen ones to the last digit: right where they do not depend on data, else the command sees the data of the search.`,
        ]),
    ...(same === ""
      ? []
      : [`All gave the same ${same} on held-out data: see whether the command uses the parameters.`]),
    `${changed === "" ? "The order of the configurations is the same in each objective." : `The order of the configurations changed in ${changed}.`} One run each: how much of this is chance is not known.`,
  ];
}

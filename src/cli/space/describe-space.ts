import { findScarcity, type Parameter, type Scarcity, type Space, scarcityNotice } from "../../space/index.ts";
import { formatNumber } from "../render/format-number.ts";
import { type FeasibleEstimate, feasibleEstimate } from "./feasible-estimate.ts";
import type { SpaceFileKind } from "./read-space-file.ts";
import { spaceSize } from "./space-size.ts";

/** What `space check --json` and `space describe --json` print. */
export interface SpaceSummary {
  readonly kind: SpaceFileKind;
  readonly parameters: number;
  /** Parameters by type. */
  readonly types: Readonly<Record<string, number>>;
  readonly conditional: number;
  readonly constraints: number;
  readonly derived: number;
  /** Configurations before constraints; null when there is no end of them. */
  readonly configurations: number | null;
  /** False: `configurations` and the fields after it are lower bounds. */
  readonly exact: boolean;
  readonly activeAtATime: readonly [fewest: number, most: number];
  readonly shapes: number;
  readonly feasible: FeasibleEstimate;
  /** Which constraint leaves so little when less than 1 in 10,000 is feasible; else null. */
  readonly nearlyEmpty: Scarcity | null;
}

/** Counts and measures a space. */
export function summarizeSpace(space: Space, kind: SpaceFileKind): SpaceSummary {
  const size = spaceSize(space);
  return {
    kind,
    parameters: space.parameters.length,
    types: countTypes(space.parameters),
    conditional: space.parameters.filter(({ when }) => when.length > 0).length,
    constraints: space.where.length,
    derived: space.derived?.length ?? 0,
    configurations: Number.isFinite(size.configurations) ? size.configurations : null,
    exact: size.exact,
    activeAtATime: [Number.isFinite(size.fewest) ? size.fewest : 0, size.most],
    shapes: size.shapes,
    feasible: feasibleEstimate(space),
    nearlyEmpty: findScarcity(space),
  };
}

/** A summary in lines to read. */
export function summaryLines(summary: SpaceSummary): readonly string[] {
  const { parameters, types, conditional, constraints, derived } = summary;
  const kinds = Object.entries(types).map(([type, count]) => `${count} ${type}`);
  const more = [
    conditional > 0 ? `${conditional} conditional` : "",
    constraints > 0 ? countOf(constraints, "constraint") : "",
    derived > 0 ? countOf(derived, "derived value") : "",
  ].filter((text) => text !== "");
  const holds = [`${countOf(parameters, "parameter")} (${kinds.join(", ")})`, ...more].join(", ");
  const scarce = summary.nearlyEmpty === null ? [] : [scarcityNotice(summary.nearlyEmpty)];
  return [`holds    ${holds}`, `size     ${sizeText(summary)}`, `feasible ${feasibleText(summary)}`, ...scarce];
}

function sizeText({ configurations, exact, activeAtATime, shapes }: SpaceSummary): string {
  const [fewest, most] = activeAtATime;
  const least = exact ? "" : "at least ";
  const count = configurations === null ? "endless (floats without steps)" : `${least}${countText(configurations)}`;
  const active = fewest === most ? String(most) : `${fewest} to ${most}`;
  const sets = shapes === 1 ? "" : `, in ${least}${shapes} different sets`;
  return `${count}; ${active} searched at a time${sets}`;
}

function feasibleText({ constraints, feasible }: SpaceSummary): string {
  if (constraints === 0) return "all of it: there are no constraints";
  const { share, error } = feasible;
  const within = error === 0 ? "" : ` ± ${percent(2 * error, 2)}`;
  return `${percent(share, 3)}${within} of the box satisfies ${countOf(constraints, "constraint")}`;
}

function percent(share: number, digits: number): string {
  return `${formatNumber(100 * share, digits)} %`;
}

function countText(configurations: number): string {
  return `${formatNumber(configurations)} ${configurations === 1 ? "configuration" : "configurations"}`;
}

function countOf(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? "" : "s"}`;
}

function countTypes(parameters: readonly Parameter[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { type } of parameters) counts[type] = (counts[type] ?? 0) + 1;
  return counts;
}

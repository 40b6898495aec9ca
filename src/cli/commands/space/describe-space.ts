import { countWords } from "../../../analysis/words/count-words.ts";
import { formatNumber } from "../../../analysis/words/format-number.ts";
import { componentSamplers } from "../../../space/feasible/feasibility.ts";
import {
  activeParameters,
  findScarcity,
  finiteValues,
  isActive,
  type JsonValue,
  type Parameter,
  type Scarcity,
  type Space,
  scarcityNotice,
} from "../../../space/index.ts";
import type { SpaceFileKind } from "./read-space-file.ts";

/** What `space check --json` and `space describe --json` print. */
interface SpaceSummary {
  readonly kind: SpaceFileKind;
  readonly parameters: number;
  /** Parameters by type. */
  readonly types: Readonly<Record<string, number>>;
  readonly conditional: number;
  readonly constraints: number;
  readonly derived: number;
  /** Name of the value that says how far a trial is run, or null. */
  readonly fidelity: string | null;
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
    fidelity: space.fidelity?.name ?? null,
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
    constraints > 0 ? countWords(constraints, "constraint") : "",
    derived > 0 ? countWords(derived, "derived value") : "",
    summary.fidelity === null ? "" : `the fidelity ${summary.fidelity}`,
  ].filter((text) => text !== "");
  const holds = [`${countWords(parameters, "parameter")} (${kinds.join(", ")})`, ...more].join(", ");
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
  return `${percent(share, 3)}${within} of the box satisfies ${countWords(constraints, "constraint")}`;
}

function percent(share: number, digits: number): string {
  return `${formatNumber(100 * share, digits)} %`;
}

function countText(configurations: number): string {
  return `${formatNumber(configurations)} ${configurations === 1 ? "configuration" : "configurations"}`;
}

function countTypes(parameters: readonly Parameter[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { type } of parameters) counts[type] = (counts[type] ?? 0) + 1;
  return counts;
}

/** The share of a space's box that satisfies the constraints. */
interface FeasibleEstimate {
  readonly share: number;
  /** Standard error of `share`; 0 where it is known exactly. */
  readonly error: number;
}

const DRAWS = 4000;

/**
 * Estimates how much of the box (floats that equations settle not counted) is feasible. Draws fall only where something may be
 * feasible, so that small shares are found too.
 */
function feasibleEstimate(space: Space): FeasibleEstimate {
  if (space.where.length === 0) return { share: 1, error: 0 };
  let share = 1;
  let variance = 0;
  for (const sampler of componentSamplers(space)) {
    const part = sampler.feasibleShare(DRAWS);
    const accepted = sampler.regionShare === 0 ? 0 : part / sampler.regionShare;
    // Where nothing was found, at most 3 in DRAWS would have been missed with 95 % probability: half of that is the error.
    const error = accepted === 0 ? 1.5 / DRAWS : Math.sqrt((accepted * (1 - accepted)) / DRAWS);
    const partError = error * sampler.regionShare;
    variance = variance * part * part + partError * partError * (share * share + variance);
    share *= part;
  }
  return { share, error: Math.sqrt(variance) };
}

/** How large a space is before its constraints. */
interface SpaceSize {
  /** Configurations; Infinity as soon as one float has no step. */
  readonly configurations: number;
  /** Fewest and most parameters that are searched at a time. */
  readonly fewest: number;
  readonly most: number;
  /** Different sets of active parameters. */
  readonly shapes: number;
  /** False when there are too many combinations of parents to count: the numbers are then of the first ones only. */
  readonly exact: boolean;
}

const MOST_COMBINATIONS = 50_000;

/** Counts the configurations of a space and the sets of parameters that can be active together. */
function spaceSize(space: Space): SpaceSize {
  const count = new Count(space);
  return count.result();
}

class Count {
  readonly #space: Space;
  readonly #parents: readonly Parameter[];
  readonly #shapes = new Set<string>();
  #configurations = 0;
  #combinations = 0;
  #fewest = Number.POSITIVE_INFINITY;
  #most = 0;

  constructor(space: Space) {
    const names = new Set(space.parameters.flatMap((p) => p.when.flat().map(({ parent }) => parent)));
    this.#space = space;
    this.#parents = space.parameters.filter(({ name }) => names.has(name));
    this.#visit(0, {});
  }

  result(): SpaceSize {
    return {
      configurations: this.#configurations,
      fewest: this.#fewest,
      most: this.#most,
      shapes: this.#shapes.size,
      exact: this.#combinations <= MOST_COMBINATIONS,
    };
  }

  #visit(depth: number, values: Readonly<Record<string, JsonValue>>): void {
    if (this.#combinations > MOST_COMBINATIONS) return;
    const parent = this.#parents[depth];
    if (parent === undefined) {
      this.#add(values);
      return;
    }
    if (!isActive(parent, values)) {
      this.#visit(depth + 1, values);
      return;
    }
    const choices = finiteValues(parent, MOST_COMBINATIONS);
    if (choices === null) this.#combinations = Number.POSITIVE_INFINITY;
    for (const value of choices ?? []) {
      this.#visit(depth + 1, { ...values, [parent.name]: value });
    }
  }

  #add(values: Readonly<Record<string, JsonValue>>): void {
    this.#combinations++;
    if (this.#combinations > MOST_COMBINATIONS) return;
    const active = activeParameters(this.#space, values);
    const free = active.filter(({ name }) => !Object.hasOwn(values, name));
    const searched = active.filter(({ type }) => type !== "fixed").length;
    this.#configurations += free.reduce((product, p) => product * sizeOf(p), 1);
    this.#fewest = Math.min(this.#fewest, searched);
    this.#most = Math.max(this.#most, searched);
    this.#shapes.add(active.map(({ name }) => name).join(" "));
  }
}

/** How many values a parameter has. */
function sizeOf(p: Parameter): number {
  switch (p.type) {
    case "float":
    case "int": {
      if (p.step === null) return Number.POSITIVE_INFINITY;
      return Math.floor((p.high - p.low) / p.step + 1e-9) + 1 + (p.type === "float" && p.orZero ? 1 : 0);
    }
    case "categorical":
      return p.choices.length;
    case "ordinal":
      return p.values.length;
    case "boolean":
      return 2;
    case "fixed":
      return 1;
  }
}

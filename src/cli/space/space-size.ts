import {
  activeParameters,
  finiteValues,
  isActive,
  type JsonValue,
  type Parameter,
  type Space,
} from "../../space/index.ts";

/** How large a space is before its constraints. */
export interface SpaceSize {
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
export function spaceSize(space: Space): SpaceSize {
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

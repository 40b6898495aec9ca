import type { Condition, Parameter } from "../../space/parameter.ts";
import type { CellTree } from "./cell-tree.ts";
import type { GridAxis } from "./grid-axis.ts";

/** Values `first`, `first + 1`, ... of one axis after which the rest of the tree looks the same. */
interface Run {
  readonly first: number;
  readonly length: number;
  readonly child: Node;
  /** Cells of the node that come before this run. */
  readonly start: bigint;
}

interface Node {
  /** Position in the group, or its length at the leaf. */
  readonly level: number;
  /** Null where the parameter is inactive: then one run of length 1. */
  readonly active: boolean;
  readonly runs: readonly Run[];
  readonly size: bigint;
}

interface Test {
  readonly level: number;
  /** Last level whose parameter asks for it. */
  readonly last: number;
  readonly digits: ReadonlySet<number>;
}

/**
 * Counts and addresses the configurations of parameters linked by conditions. Nodes that differ only in answers nobody asks
 * for again are one, so that the work goes with the number of distinct situations, not of cells.
 */
export class GridTree implements CellTree {
  readonly size: bigint;
  readonly #group: readonly number[];
  readonly #axes: readonly GridAxis[];
  readonly #tests: readonly Test[];
  /** Per level: active when any of these lists has only true tests. */
  readonly #when: readonly (readonly (readonly number[])[])[];
  readonly #nodes = new Map<string, Node>();
  readonly #root: Node;

  constructor(parameters: readonly Parameter[], axes: readonly GridAxis[], group: readonly number[]) {
    this.#group = group;
    this.#axes = group.map((i) => axes[i]!);
    const levelOf = new Map(group.map((i, level) => [parameters[i]!.name, level]));
    const tests = new Map<string, { level: number; last: number; digits: ReadonlySet<number> }>();
    const numberOf = (condition: Condition, asker: number): number => {
      const key = JSON.stringify([condition.parent, condition.in]);
      const level = levelOf.get(condition.parent)!;
      const axis = this.#axes[level]!;
      const known = tests.get(key);
      if (known === undefined)
        tests.set(key, { level, last: asker, digits: new Set(condition.in.map((v) => axis.digit(axis.column(v)))) });
      else known.last = Math.max(known.last, asker);
      return [...tests.keys()].indexOf(key);
    };
    this.#when = group.map((i, level) => parameters[i]!.when.map((all) => all.map((one) => numberOf(one, level))));
    this.#tests = [...tests.values()];
    this.#root = this.#node(0, new Set());
    this.size = this.#root.size;
  }

  write(index: bigint, digits: number[]): void {
    let node = this.#root;
    let rest = index;
    while (node.level < this.#group.length) {
      const run = runAt(node.runs, rest);
      const within = (rest - run.start) / run.child.size;
      if (node.active) digits[this.#group[node.level]!] = run.first + Number(within);
      rest = (rest - run.start) % run.child.size;
      node = run.child;
    }
  }

  read(digits: readonly number[]): bigint | null {
    let node = this.#root;
    let index = 0n;
    while (node.level < this.#group.length) {
      const digit = node.active ? digits[this.#group[node.level]!]! : 0;
      const run = node.runs.find(({ first, length }) => digit >= first && digit < first + length);
      if (run === undefined) return null;
      index += run.start + BigInt(digit - run.first) * run.child.size;
      node = run.child;
    }
    return index;
  }

  #node(level: number, truths: ReadonlySet<number>): Node {
    const live = [...truths].filter((test) => this.#tests[test]!.last >= level).sort((a, b) => a - b);
    const key = `${level}:${live.join(",")}`;
    const known = this.#nodes.get(key);
    if (known !== undefined) return known;
    const node = level === this.#group.length ? LEAF(level) : this.#inner(level, new Set(live));
    this.#nodes.set(key, node);
    return node;
  }

  #inner(level: number, truths: ReadonlySet<number>): Node {
    const when = this.#when[level]!;
    const active = when.length === 0 || when.some((all) => all.every((test) => truths.has(test)));
    const runs: Run[] = [];
    let size = 0n;
    for (const { first, length } of active ? this.#stretches(level) : [{ first: 0, length: 1 }]) {
      const child = this.#node(level + 1, active ? this.#answers(level, first, truths) : truths);
      runs.push({ first, length, child, start: size });
      size += BigInt(length) * child.size;
    }
    return { level, active, runs, size };
  }

  #answers(level: number, digit: number, truths: ReadonlySet<number>): ReadonlySet<number> {
    const more = [...this.#tests.entries()].filter(([, test]) => test.level === level && test.digits.has(digit));
    return more.length === 0 ? truths : new Set([...truths, ...more.map(([number]) => number)]);
  }

  /** The axis cut at every value that some condition names. */
  #stretches(level: number): { first: number; length: number }[] {
    const named = new Set(this.#tests.filter((test) => test.level === level).flatMap((test) => [...test.digits]));
    const cuts = [...named].filter((digit) => digit >= 0).sort((a, b) => a - b);
    const stretches: { first: number; length: number }[] = [];
    let next = 0;
    for (const digit of cuts) {
      if (digit > next) stretches.push({ first: next, length: digit - next });
      stretches.push({ first: digit, length: 1 });
      next = digit + 1;
    }
    const size = this.#axes[level]!.size;
    if (size > next) stretches.push({ first: next, length: size - next });
    return stretches;
  }
}

const LEAF = (level: number): Node => ({ level, active: false, runs: [], size: 1n });

/** The run that holds the cell, by halving. */
function runAt(runs: readonly Run[], index: bigint): Run {
  let low = 0;
  let high = runs.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (runs[middle]!.start <= index) low = middle;
    else high = middle - 1;
  }
  return runs[low]!;
}

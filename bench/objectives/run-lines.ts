import { appendFileSync, existsSync, mkdirSync, readFileSync, truncateSync } from "node:fs";
import path from "node:path";

/** Runs in a file of JSON lines, told apart by some of their fields: what is there is not run again, whoever ran it and when. */
export class RunLines<L extends { readonly seed: number }> {
  readonly #file: string;
  readonly #fields: readonly (keyof L)[];
  readonly #lines: L[];

  /** The rest of a line that was cut off when a run was ended is taken away. Throws SyntaxError for a file of other lines. */
  constructor(file: string, fields: readonly (keyof L)[]) {
    this.#file = file;
    this.#fields = fields;
    mkdirSync(path.dirname(file), { recursive: true });
    const text = existsSync(file) ? readFileSync(file, "utf8") : "";
    const whole = text.slice(0, text.lastIndexOf("\n") + 1);
    this.#lines = whole.split("\n").flatMap((line) => (line === "" ? [] : [JSON.parse(line) as L]));
    if (whole !== text) truncateSync(file, Buffer.byteLength(whole));
  }

  has(key: Partial<L>): boolean {
    return this.#lines.some((line) => isOf(line, key, this.#fields));
  }

  add(line: L): void {
    this.#lines.push(line);
    appendFileSync(this.#file, `${JSON.stringify(line)}\n`);
  }

  /** The lines of the seeds that each of `cells` was run with, so that all means are over the same seeds; these ascend. */
  ofWholeSeeds(cells: readonly Partial<L>[]): { readonly seeds: readonly number[]; readonly lines: readonly L[] } {
    const fieldsOf = (cell: Partial<L>) => Object.keys(cell) as (keyof L)[];
    const own = this.#lines.filter((line) => cells.some((cell) => isOf(line, cell, fieldsOf(cell))));
    const seedsOf = (cell: Partial<L>) =>
      new Set(own.filter((line) => isOf(line, cell, fieldsOf(cell))).map(({ seed }) => seed));
    const known = cells.map(seedsOf);
    const seeds = [...(known[0] ?? [])].filter((seed) => known.every((there) => there.has(seed))).sort((a, b) => a - b);
    return { seeds, lines: own.filter(({ seed }) => seeds.includes(seed)) };
  }
}

function isOf<L>(line: L, key: Partial<L>, fields: readonly (keyof L)[]): boolean {
  return fields.every((field) => line[field] === key[field]);
}

/** What stands above a table: of how many seeds it is. */
export function seedsLine(seeds: readonly number[]): string {
  return `${seeds.length} ${seeds.length === 1 ? "seed" : "seeds"}: ${seeds.join(" ") || "none that all were run with"}\n`;
}

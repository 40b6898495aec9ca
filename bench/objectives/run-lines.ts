import { appendFileSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import path from "node:path";

/** Runs in a file of JSON lines, told apart by some of their fields: what is there is not run again. */
export class RunLines<L extends object> {
  readonly #file: string;
  readonly #fields: readonly (keyof L)[];
  readonly #lines: L[];

  constructor(file: string, fields: readonly (keyof L)[]) {
    this.#file = file;
    this.#fields = fields;
    mkdirSync(path.dirname(file), { recursive: true });
    const text = existsSync(file) ? readFileSync(file, "utf8") : "";
    this.#lines = text.split("\n").flatMap((line) => (line === "" ? [] : [JSON.parse(line) as L]));
  }

  get all(): readonly L[] {
    return this.#lines;
  }

  has(key: Partial<L>): boolean {
    return this.#lines.some((line) => this.#fields.every((field) => line[field] === key[field]));
  }

  add(line: L): void {
    this.#lines.push(line);
    appendFileSync(this.#file, `${JSON.stringify(line)}\n`);
  }
}

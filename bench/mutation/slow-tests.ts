import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

/** Which test files need the real runner, because they take too long without it or fail; kept between runs, by their names and texts. */
export class SlowTests {
  readonly #tree: string;
  readonly #kept: string;
  readonly #keys: Set<string>;

  /** `tree`: a copy with the test files; `kept`: a folder. */
  constructor(tree: string, kept: string) {
    this.#tree = tree;
    this.#kept = path.join(kept, "slow-tests.json");
    this.#keys = new Set(existsSync(this.#kept) ? (JSON.parse(readFileSync(this.#kept, "utf8")) as string[]) : []);
  }

  has(test: string): boolean {
    return this.#keys.has(this.#keyOf(test));
  }

  add(test: string): void {
    this.#keys.add(this.#keyOf(test));
    mkdirSync(path.dirname(this.#kept), { recursive: true });
    writeFileSync(this.#kept, JSON.stringify([...this.#keys]));
  }

  #keyOf(test: string): string {
    const text = readFileSync(path.join(this.#tree, test), "utf8");
    return `${test} ${createHash("sha256").update(text).digest("hex").slice(0, 16)}`;
  }
}

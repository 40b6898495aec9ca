import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { instrumented, type Place, placesOf } from "./instrumented.ts";
import type { Candidate } from "./mutant-result.ts";
import { WarmTests } from "./warm-tests.ts";

const LIMIT_MS = 600_000;
const TEST_LIMIT_MS = 120_000;

/** Tests of one file that run a place, quick ones first. */
export interface Reaching {
  readonly test: string;
  readonly tests: readonly { readonly name: string; readonly ms: number }[];
}

/** What one run of a test file told, in a form that can be kept. */
interface Measured {
  /** Tests that pass, with how long they take. */
  readonly passed: readonly { readonly name: string; readonly ms: number }[];
  /** Tests that run a place, or null where it runs outside of them, for all. */
  readonly byPlace: readonly (readonly [place: number, names: readonly string[] | null])[];
}

interface Known {
  readonly measured: Measured;
  readonly byPlace: ReadonlyMap<number, readonly string[] | null>;
}

/**
 * Runs each test file once in a tree whose sources say what runs, and answers which tests a change can reach. What it learns is kept
 * for as long as neither the test nor any source changes.
 */
export class Reach {
  readonly #tree: string;
  readonly #folder: string;
  readonly #sources: string;
  readonly #tests: WarmTests;
  readonly #places = new Map<string, { readonly first: number; readonly places: readonly Place[] }>();
  readonly #known = new Map<string, Known>();
  readonly #frail = new Set<string>();

  /** `tree` is a copy of the tree of its own, whose sources are changed; what is learned is kept in `folder`. */
  constructor(tree: string, folder: string) {
    this.#tree = tree;
    this.#folder = folder;
    const sources = filesIn(tree, "src").filter((file) => !file.endsWith(".test.ts"));
    // What only tests load is never changed, and may be handed to other programs as a text.
    const marked = sources.filter((file) => !/\.(contract|testing|browser|d)\.ts$/.test(file));
    const texts = [...sources, ...filesIn(tree, "tests/support")].map((file) => [file, this.#text(file)]);
    this.#sources = digest([texts, marked]);
    this.#tests = new WarmTests(tree, { bail: 0 });
    this.#instrument(marked);
  }

  #instrument(sources: readonly string[]): void {
    let first = 0;
    for (const file of sources) {
      const text = this.#text(file);
      const places = placesOf(text);
      this.#places.set(file, { first, places });
      const recorder = path.posix.relative(path.posix.dirname(file), "bench/mutation/record-hit.ts");
      if (places.length > 0) writeFileSync(path.join(this.#tree, file), instrumented(text, first, recorder));
      first += places.length;
    }
  }

  async close(): Promise<void> {
    await this.#tests.stop();
  }

  /** Whether a test file was run already, so that an answer about it costs nothing. */
  knows(test: string): boolean {
    const file = this.#keptIn(test);
    if (!this.#known.has(test) && existsSync(file))
      this.#learn(test, JSON.parse(readFileSync(file, "utf8")) as Measured);
    return this.#known.has(test);
  }

  /** Null where no test of the file runs the place of the change. */
  async reaching(candidate: Candidate, test: string): Promise<Reaching | null> {
    if (!this.knows(test)) await this.#measure(test);
    const { measured, byPlace } = this.#known.get(test)!;
    const place = this.#placeOf(candidate);
    const names = place === null ? null : byPlace.get(place);
    if (names === undefined) return null;
    const tests = measured.passed.filter(
      ({ name }) => (names === null || names.includes(name)) && !this.#frail.has(`${test} ${name}`),
    );
    return tests.length === 0 ? null : { test, tests: tests.toSorted((a, b) => a.ms - b.ms) };
  }

  /** Whether a test passes by itself on the code as it is; one that does not is left out from now on. */
  async standsAlone(test: string, name: string): Promise<boolean> {
    const end = await this.#tests.run({ test, changed: null, names: [name], testLimit: TEST_LIMIT_MS }, LIMIT_MS);
    if (typeof end !== "string" && end.passed) return true;
    this.#frail.add(`${test} ${name}`);
    return false;
  }

  /** The innermost place around a change; null outside of all, where the file's beginning is enough. */
  #placeOf({ file, start }: Candidate): number | null {
    const { first, places } = this.#places.get(file) ?? { first: 0, places: [] };
    const n = places.findLastIndex((place) => place.start < start && start < place.end);
    return n < 0 ? null : first + n;
  }

  async #measure(test: string): Promise<void> {
    const hits = path.join(this.#tree, "hits");
    rmSync(hits, { recursive: true, force: true });
    mkdirSync(hits);
    const end = await this.#tests.run({ test, changed: null, names: null, testLimit: TEST_LIMIT_MS }, LIMIT_MS);
    const tests = typeof end === "string" ? [] : end.tests;
    const failed = tests.filter(({ passed }) => !passed).map(({ name }) => name);
    if (failed.length > 0 || tests.length === 0)
      process.stderr.write(`left out, for on the code as it is they fail: ${test} ${failed.join(", ")}\n`);
    const passed = tests.filter((each) => each.passed).map(({ name, ms }) => ({ name, ms }));
    const measured = { passed, byPlace: placesHit(hits) };
    mkdirSync(this.#folder, { recursive: true });
    writeFileSync(this.#keptIn(test), JSON.stringify(measured));
    this.#learn(test, measured);
  }

  #learn(test: string, measured: Measured): void {
    this.#known.set(test, { measured, byPlace: new Map(measured.byPlace) });
  }

  #keptIn(test: string): string {
    return path.join(this.#folder, `${digest([this.#sources, test, this.#text(test)])}.json`);
  }

  #text(file: string): string {
    return readFileSync(path.join(this.#tree, file), "utf8");
  }
}

function filesIn(tree: string, folder: string): readonly string[] {
  const names = readdirSync(path.join(tree, folder), { recursive: true, encoding: "utf8" }).sort();
  return names.filter((name) => name.endsWith(".ts")).map((name) => path.posix.join(folder, name));
}

function digest(parts: readonly unknown[]): string {
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 16);
}

function placesHit(hits: string): Measured["byPlace"] {
  const byPlace = new Map<number, string[] | null>();
  for (const line of linesOf(path.join(hits, "names"))) {
    const [number, name] = JSON.parse(line) as readonly [number, string];
    for (const place of linesOf(path.join(hits, `${number}`)).map(Number))
      byPlace.set(place, [...(byPlace.get(place) ?? []), name]);
  }
  for (const place of linesOf(path.join(hits, "0"))) byPlace.set(Number(place), null);
  return [...byPlace].map(([place, names]) => [place, names === null ? null : [...new Set(names)]]);
}

function linesOf(file: string): readonly string[] {
  return existsSync(file) ? readFileSync(file, "utf8").trim().split("\n") : [];
}

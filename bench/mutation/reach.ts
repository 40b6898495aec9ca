import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { instrumented, placesOf } from "./instrumented.ts";
import type { Candidate } from "./mutant-result.ts";
import { reachedPlaces } from "./reached-places.ts";
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
  /** Number of a source's first place. */
  readonly #places = new Map<string, number>();
  readonly #originals = new Map<string, string>();
  /** The change that was asked about last, and the places that it reaches. */
  #asked: { readonly id: string; readonly places: readonly number[] | null } | null = null;
  readonly #known = new Map<string, Known>();
  readonly #frail = new Set<string>();
  readonly #measuring: Map<string, Promise<void>>;

  /**
   * `tree` is a copy of the tree of its own, whose sources are changed; what is learned is kept in `folder`, and `measuring` holds what is
   * being learned at this moment, by others with the same folder too.
   */
  constructor(tree: string, folder: string, measuring: Map<string, Promise<void>>) {
    this.#tree = tree;
    this.#folder = folder;
    this.#measuring = measuring;
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
      this.#places.set(file, first);
      this.#originals.set(file, text);
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

  /** Whether running a test file can show the change. */
  async mayReach(candidate: Candidate, test: string): Promise<boolean> {
    while (!this.knows(test)) await this.#measureOnce(test);
    // One that did not end may have run more.
    if (this.#known.get(test)!.measured.passed.length === 0) return true;
    return this.#namesOf(candidate, test)?.length !== 0;
  }

  /** Null where no test of the file runs the place of the change. */
  async reaching(candidate: Candidate, test: string): Promise<Reaching | null> {
    while (!this.knows(test)) await this.#measureOnce(test);
    const { measured } = this.#known.get(test)!;
    const names = this.#namesOf(candidate, test);
    const tests = measured.passed.filter(
      ({ name }) => (names === null || names.includes(name)) && !this.#frail.has(`${test} ${name}`),
    );
    return tests.length === 0 ? null : { test, tests: tests.toSorted((a, b) => a.ms - b.ms) };
  }

  /** Names of the tests of a file that run the place of a change; null where all of them may. */
  #namesOf(candidate: Candidate, test: string): readonly string[] | null {
    const { byPlace } = this.#known.get(test)!;
    const names = this.#placesOf(candidate)?.map((place) => byPlace.get(place)) ?? [null];
    return names.includes(null) ? null : names.flatMap((some) => some ?? []);
  }

  /** Whether a test passes by itself on the code as it is; one that does not is left out from now on. */
  async standsAlone(test: string, name: string): Promise<boolean> {
    const end = await this.#tests.run({ test, changed: null, names: [name], testLimit: TEST_LIMIT_MS }, LIMIT_MS);
    if (typeof end !== "string" && end.passed) return true;
    this.#frail.add(`${test} ${name}`);
    return false;
  }

  /** Null where loading the file is enough. */
  #placesOf({ file, start, id }: Candidate): readonly number[] | null {
    if (this.#asked?.id !== id) {
      const first = this.#places.get(file) ?? 0;
      const text = this.#originals.get(file) ?? "";
      this.#asked = { id, places: reachedPlaces(text, start)?.map((place) => first + place) ?? null };
    }
    return this.#asked.places;
  }

  async #measureOnce(test: string): Promise<void> {
    const under = this.#measuring.get(test) ?? this.#measure(test).finally(() => this.#measuring.delete(test));
    this.#measuring.set(test, under);
    await under;
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

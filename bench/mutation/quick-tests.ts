import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { mutated } from "./mutant.ts";
import type { Candidate } from "./mutant-result.ts";
import type { RelatedTest } from "./tests-of.ts";
import { WarmTests } from "./warm-tests.ts";

const LEAST_LIMIT_MS = 15_000;
const SLOWER = 4;
/** A test file that takes longer is the real runner's, which runs only those of its tests that reach a change. */
const QUICK_MS = 3_000;
/** A test file that takes no longer is run again behind each mutant that it noticed. */
const CHEAP_MS = 300;
/** What a test file costs whatever is in it, in ms. */
const START_MS = 20;

/** What the quick test files say of a mutant, and those that need the real runner. */
export interface QuickVerdict {
  readonly outcome: "killed" | "timeout" | "survived" | "untested";
  readonly others: readonly string[];
}

/** Runs test files without the runner, most in milliseconds, where they pass so on the code as it is; each as a whole. */
export class QuickTests {
  readonly #tree: string;
  readonly #tests: WarmTests;
  /** Whether a test file passes on the code as it is, by test file and the source file that is loaded anew. */
  readonly #isQuick = new Map<string, boolean>();
  /** By a test file's name and text: those that took too long here, or failed. */
  readonly #slow: Set<string>;
  readonly #kept: string;
  /** Those that passed again behind a mutant: they leave nothing behind that they trip over. */
  readonly #again = new Set<string>();
  readonly #durations = new Map<string, number>();
  /** Which test file noticed the last mutant of a source file: it is asked first about the next one. */
  readonly #noticers = new Map<string, string>();

  readonly #most: number;

  /** `tree`: a copy, whose sources are changed; `kept`: a folder where it is kept which test files take too long; on each mutant as many of the quickest are run as take `most` ms together, at least one. */
  constructor(tree: string, kept: string, most: number) {
    this.#tree = tree;
    this.#kept = path.join(kept, "slow-tests.json");
    this.#slow = new Set(existsSync(this.#kept) ? (JSON.parse(readFileSync(this.#kept, "utf8")) as string[]) : []);
    this.#most = most;
    this.#tests = new WarmTests(tree, { bail: 1, main: "quick-tests-main.ts" });
  }

  async judge(candidate: Candidate, text: string, related: readonly RelatedTest[]): Promise<QuickVerdict> {
    const { file } = candidate;
    const files = this.#ordered(file, related);
    const others: string[] = [];
    let outcome: QuickVerdict["outcome"] = "untested";
    let left = this.#most;
    for (const test of files) {
      if (outcome !== "untested" && (this.#durations.get(test) ?? 0) > left) continue;
      const end = await this.#run(test, candidate, text);
      if (end === null) others.push(test);
      else outcome = end;
      left -= this.#durations.get(test) ?? 0;
      if (end === null || end === "survived") continue;
      this.#noticers.set(file, test);
      break;
    }
    return { outcome, others };
  }

  async close(): Promise<void> {
    await this.#tests.stop();
  }

  /** What noticed the last mutant of the file, then near and quick ones first. */
  #ordered(file: string, related: readonly RelatedTest[]): readonly string[] {
    const noticer = this.#noticers.get(file);
    const ranked = related.map(({ test, steps }) => {
      const cost = (this.#durations.get(test) ?? 0) + START_MS;
      return { test, rank: test === noticer ? 0 : cost * 2 ** steps };
    });
    return ranked.sort((a, b) => a.rank - b.rank).map(({ test }) => test);
  }

  /** Null where the test file needs the real runner. What passes on a mutant needs no other run. */
  async #run(test: string, candidate: Candidate, text: string): Promise<"killed" | "timeout" | "survived" | null> {
    const { file } = candidate;
    const key = `${test} ${file}`;
    if (!this.#isSlow(test) && !this.#durations.has(test)) this.#isQuick.set(key, await this.#passes(test, file));
    if (this.#isSlow(test) || this.#isQuick.get(key) === false) return null;
    const end = await this.#onMutant(test, candidate, text);
    const isTrusted = this.#again.has(key) && this.#timeOf(test) > CHEAP_MS;
    if (end === "survived" || (end === "killed" && isTrusted)) return end;
    if (await this.#passes(test, file)) {
      this.#isQuick.set(key, true);
      if (end === "killed") this.#again.add(key);
      return end;
    }
    // A run before this one has left something behind.
    await this.#tests.stop();
    if (!this.#isQuick.has(key)) this.#isQuick.set(key, await this.#passes(test, file));
    return this.#isQuick.get(key) === true ? await this.#onMutant(test, candidate, text) : null;
  }

  async #passes(test: string, changed: string): Promise<boolean> {
    const isKnown = this.#durations.has(test);
    const end = await this.#ask(test, changed);
    if (!isKnown && (end !== "survived" || this.#timeOf(test) > QUICK_MS)) this.#noteSlow(test);
    return end === "survived";
  }

  #isSlow(test: string): boolean {
    return this.#slow.has(this.#keyOf(test));
  }

  #noteSlow(test: string): void {
    this.#slow.add(this.#keyOf(test));
    mkdirSync(path.dirname(this.#kept), { recursive: true });
    writeFileSync(this.#kept, JSON.stringify([...this.#slow]));
  }

  #keyOf(test: string): string {
    const text = readFileSync(path.join(this.#tree, test), "utf8");
    return `${test} ${createHash("sha256").update(text).digest("hex").slice(0, 16)}`;
  }

  /** The longest that it took to pass, in ms. */
  #timeOf(test: string): number {
    return this.#durations.get(test) ?? 0;
  }

  #limitOf(test: string): number {
    return LEAST_LIMIT_MS + this.#timeOf(test) * SLOWER;
  }

  async #onMutant(test: string, candidate: Candidate, text: string): Promise<"killed" | "timeout" | "survived"> {
    const file = path.join(this.#tree, candidate.file);
    writeFileSync(file, mutated(text, candidate));
    return await this.#ask(test, candidate.file).finally(() => writeFileSync(file, text));
  }

  async #ask(test: string, changed: string): Promise<"killed" | "timeout" | "survived"> {
    const limit = this.#limitOf(test);
    const end = await this.#tests.run({ test, changed, names: null, testLimit: limit }, limit);
    if (typeof end === "string") return end === "timeout" ? "timeout" : "killed";
    if (!end.passed) return "killed";
    this.#durations.set(test, Math.max(this.#timeOf(test), end.tests[0]?.ms ?? 0));
    return "survived";
  }
}

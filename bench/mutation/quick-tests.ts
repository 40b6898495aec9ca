import { writeFileSync } from "node:fs";
import path from "node:path";
import { mutated } from "./mutant.ts";
import type { Candidate } from "./mutant-result.ts";
import type { Reach } from "./reach.ts";
import type { SharedFindings } from "./shared-findings.ts";
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
/** Once a test file has run so long for nothing, in ms, it is worth learning what it reaches. */
const LEARN_AFTER_MS = 3_000;

/** What the quick test files say of a mutant, and those that need the real runner. */
export interface QuickVerdict {
  readonly outcome: "killed" | "timeout" | "survived" | "untested";
  readonly others: readonly string[];
}

/** Runs test files without the runner, most in milliseconds, where they pass so on the code as it is; each as a whole. */
export class QuickTests {
  readonly #tree: string;
  readonly #tests: WarmTests;
  readonly #known: SharedFindings;
  readonly #reach: Pick<Reach, "knows" | "mayReach">;
  readonly #most: number;

  /** `tree`: a copy, whose sources are changed; on each mutant as many of the quickest are run as take `most` ms together, at least one. */
  constructor(tree: string, known: SharedFindings, reach: Pick<Reach, "knows" | "mayReach">, most: number) {
    this.#tree = tree;
    this.#known = known;
    this.#reach = reach;
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
      if (outcome !== "untested" && (this.#known.durations.get(test) ?? 0) > left) continue;
      if (!(await this.#mayNotice(test, candidate))) continue;
      const begun = performance.now();
      const end = await this.#run(test, candidate, text);
      if (end === "survived") this.#known.idle.set(test, (this.#known.idle.get(test) ?? 0) + performance.now() - begun);
      if (end === null) others.push(test);
      else outcome = end;
      left -= this.#known.durations.get(test) ?? 0;
      if (end === null || end === "survived") continue;
      this.#known.noticers.set(file, test);
      break;
    }
    return { outcome, others };
  }

  async close(): Promise<void> {
    await this.#tests.stop();
  }

  /** What noticed the last mutant of the file, then near and quick ones first. */
  #ordered(file: string, related: readonly RelatedTest[]): readonly string[] {
    const noticer = this.#known.noticers.get(file);
    const ranked = related.map(({ test, steps }) => {
      const cost = (this.#known.durations.get(test) ?? 0) + START_MS;
      return { test, rank: test === noticer ? 0 : cost * 2 ** steps };
    });
    return ranked.sort((a, b) => a.rank - b.rank).map(({ test }) => test);
  }

  async #mayNotice(test: string, candidate: Candidate): Promise<boolean> {
    if (this.#known.slow.has(test)) return true;
    const isWorth = this.#reach.knows(test) || (this.#known.idle.get(test) ?? 0) > LEARN_AFTER_MS;
    return !isWorth || (await this.#reach.mayReach(candidate, test));
  }

  /** Null where the test file needs the real runner. What passes on a mutant needs no other run. */
  async #run(test: string, candidate: Candidate, text: string): Promise<"killed" | "timeout" | "survived" | null> {
    const { file } = candidate;
    const key = `${test} ${file}`;
    if (!this.#known.slow.has(test) && !this.#known.durations.has(test))
      this.#known.isQuick.set(key, await this.#passes(test, file));
    if (this.#known.slow.has(test) || this.#known.isQuick.get(key) === false) return null;
    const end = await this.#onMutant(test, candidate, text);
    const isTrusted = this.#known.again.has(key) && this.#timeOf(test) > CHEAP_MS;
    if (end === "survived" || (end === "killed" && isTrusted)) return end;
    if (await this.#passes(test, file)) {
      this.#known.isQuick.set(key, true);
      if (end === "killed") this.#known.again.add(key);
      return end;
    }
    // A run before this one has left something behind.
    await this.#tests.stop();
    if (!this.#known.isQuick.has(key)) this.#known.isQuick.set(key, await this.#passes(test, file));
    return this.#known.isQuick.get(key) === true ? await this.#onMutant(test, candidate, text) : null;
  }

  async #passes(test: string, changed: string): Promise<boolean> {
    const isKnown = this.#known.durations.has(test);
    const end = await this.#ask(test, changed);
    if (!isKnown && (end !== "survived" || this.#timeOf(test) > QUICK_MS)) this.#known.slow.add(test);
    return end === "survived";
  }

  /** The longest that it took to pass, in ms. */
  #timeOf(test: string): number {
    return this.#known.durations.get(test) ?? 0;
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
    this.#known.durations.set(test, Math.max(this.#timeOf(test), end.tests[0]?.ms ?? 0));
    return "survived";
  }
}

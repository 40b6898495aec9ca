import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { AttuneError } from "../../src/errors.ts";
import { mutated } from "./mutant.ts";
import type { Candidate, MutantResult } from "./mutant-result.ts";
import type { TestsEnd } from "./tests-end.ts";
import { TestFinder } from "./tests-of.ts";
import { WarmTests } from "./warm-tests.ts";

/** A mutant that makes a test file this many times slower stands still. */
const SLOWER = 4;
const LEAST_LIMIT_MS = 30_000;
const BASELINE_LIMIT_MS = 600_000;
/** What starting a test file costs whatever is in it, in ms. */
const START_MS = 200;

/** Puts mutants into a copy of the tree, one after the other, and runs the tests on each until one of them fails. */
export class MutationBench {
  readonly #root: string;
  readonly #tree: string;
  readonly #finder: TestFinder;
  readonly #most: number;
  readonly #tests: WarmTests;
  /** How long a test file takes on the code as it is, in ms; null when it fails there. */
  readonly #baselines = new Map<string, number | null>();
  /** Which test file noticed the last mutant of a source file: it is asked first about the next one. */
  readonly #noticers = new Map<string, string>();

  /** `most` test files are run for each mutant, the nearest. */
  constructor(root: string, tree: string, most: number) {
    this.#root = root;
    this.#tree = tree;
    this.#most = most;
    this.#finder = new TestFinder(tree);
    this.#tests = new WarmTests(tree);
  }

  async judge(candidate: Candidate): Promise<Omit<MutantResult, "seed">> {
    const { id, file, operator, start, end, replacement } = candidate;
    const text = readFileSync(path.join(this.#root, file), "utf8");
    if (!this.#tests.isAlone && /process\.kill|\.kill\(/.test(text))
      throw new AttuneError(
        "unsupported",
        `${file} signals processes: its mutants need a system with unshare, and root.`,
      );
    const place = { id, file, line: text.slice(0, start).split("\n").length, operator };
    const was = text.slice(start, end) || (text.slice(end).split("\n")[1] ?? "").trim();
    const described = { ...place, was: was.slice(0, 200), became: replacement };
    let outcome: MutantResult["outcome"] = "untested";
    for (const test of this.#testsOf(file)) {
      // On the code as it is, once, where it is needed.
      if ((await this.#baseline(test, file)) === null) continue;
      const end = await this.#run(test, candidate, text);
      outcome = end === "passed" ? "survived" : end === "failed" ? "killed" : "timeout";
      if (outcome === "survived") continue;
      this.#noticers.set(file, test);
      break;
    }
    return { ...described, outcome };
  }

  async close(): Promise<void> {
    await this.#tests.stop();
  }

  /** The tests that reach a file: what noticed its last mutant, then near and quick ones first. */
  #testsOf(file: string): readonly string[] {
    const noticer = this.#noticers.get(file);
    return this.#finder
      .testsOf(file)
      .slice(0, this.#most)
      .map(({ test, steps }) => {
        const duration = this.#baselines.get(test) ?? 0;
        return { test, rank: test === noticer ? 0 : (duration + START_MS) * 2 ** steps };
      })
      .sort((a, b) => a.rank - b.rank)
      .map(({ test }) => test);
  }

  async #run(test: string, candidate: Candidate, text: string): Promise<TestsEnd> {
    const file = path.join(this.#tree, candidate.file);
    writeFileSync(file, mutated(text, candidate));
    try {
      const limit = Math.max(LEAST_LIMIT_MS, (this.#baselines.get(test) ?? 0) * SLOWER);
      return await this.#tests.run({ test, changed: candidate.file }, limit);
    } finally {
      writeFileSync(file, text);
    }
  }

  async #baseline(test: string, changed: string): Promise<number | null> {
    if (!this.#baselines.has(test)) {
      const begun = performance.now();
      const end = await this.#tests.run({ test, changed }, BASELINE_LIMIT_MS);
      if (end !== "passed") process.stderr.write(`left out, for on the code as it is it ${end}: ${test}\n`);
      this.#baselines.set(test, end === "passed" ? performance.now() - begun : null);
    }
    return this.#baselines.get(test) ?? null;
  }
}

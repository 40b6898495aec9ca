import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { AttuneError } from "../../src/errors.ts";
import { mutated } from "./mutant.ts";
import type { Candidate, MutantResult } from "./mutant-result.ts";
import { runTests, type TestsEnd } from "./run-tests.ts";
import { TestFinder } from "./tests-of.ts";

/** A mutant that makes the tests this many times slower stands still. */
const SLOWER = 4;
const LEAST_LIMIT_MS = 30_000;
const BASELINE_LIMIT_MS = 600_000;

/** Puts mutants into a copy of the tree, one after the other, and runs the tests on each. */
export class MutationBench {
  readonly #root: string;
  readonly #tree: string;
  readonly #alone: boolean;
  readonly #finder: TestFinder;
  readonly #most: number;
  /** How long tests take on the code as it is, in ms, by their names; null when they fail there. */
  readonly #baselines = new Map<string, number | null>();

  /** `most` test files are run for each mutant, the nearest. */
  constructor(root: string, tree: string, most: number, alone: boolean) {
    this.#root = root;
    this.#tree = tree;
    this.#most = most;
    this.#alone = alone;
    this.#finder = new TestFinder(tree);
  }

  async judge(candidate: Candidate): Promise<Omit<MutantResult, "seed">> {
    const { id, file, operator, start, end, replacement } = candidate;
    const text = readFileSync(path.join(this.#root, file), "utf8");
    if (!this.#alone && /process\.kill|\.kill\(/.test(text))
      throw new AttuneError(
        "unsupported",
        `${file} signals processes: its mutants need a system with unshare, and root.`,
      );
    const { near, far } = this.#finder.testsOf(file);
    const place = { id, file, line: text.slice(0, start).split("\n").length, operator };
    const was = text.slice(start, end) || (text.slice(end).split("\n")[1] ?? "").trim();
    const described = { ...place, was: was.slice(0, 200), became: replacement };
    let outcome: MutantResult["outcome"] = "untested";
    const further = far.slice(0, Math.max(0, this.#most - near.length));
    for (const tests of [near.slice(0, this.#most), further].filter((files) => files.length > 0)) {
      const end = await this.#run(tests, candidate, text);
      if (end === null) continue;
      outcome = end === "passed" ? "survived" : end === "failed" ? "killed" : "timeout";
      if (outcome !== "survived") break;
    }
    return { ...described, outcome };
  }

  /** Null where the tests fail on the code as it is. */
  async #run(tests: readonly string[], candidate: Candidate, text: string): Promise<TestsEnd | null> {
    const baseline = await this.#baseline(tests);
    if (baseline === null) return null;
    const file = path.join(this.#tree, candidate.file);
    writeFileSync(file, mutated(text, candidate));
    try {
      return await runTests(this.#tree, tests, Math.max(LEAST_LIMIT_MS, baseline * SLOWER), this.#alone);
    } finally {
      writeFileSync(file, text);
    }
  }

  async #baseline(tests: readonly string[]): Promise<number | null> {
    const key = tests.join(" ");
    if (!this.#baselines.has(key)) {
      const begun = performance.now();
      const end = await runTests(this.#tree, tests, BASELINE_LIMIT_MS, this.#alone);
      if (end !== "passed") process.stderr.write(`left out, for on the code as it is they ${end}: ${key}\n`);
      this.#baselines.set(key, end === "passed" ? performance.now() - begun : null);
    }
    return this.#baselines.get(key) ?? null;
  }
}

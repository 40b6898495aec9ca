import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { AttuneError } from "../../src/errors.ts";
import { mutated } from "./mutant.ts";
import type { Candidate, MutantResult } from "./mutant-result.ts";
import { QuickTests } from "./quick-tests.ts";
import { Reach, type Reaching } from "./reach.ts";
import { SharedFindings } from "./shared-findings.ts";
import { TestFinder } from "./tests-of.ts";
import { WarmTests } from "./warm-tests.ts";

/** A mutant that makes tests this many times slower stands still. */
const SLOWER = 4;
const LEAST_LIMIT_MS = 20_000;
/** What starting a test file costs whatever is in it, in ms. */
const START_MS = 300;

interface Noticer {
  readonly test: string;
  readonly name: string;
}

type Judged = Omit<MutantResult, "seed">;

interface UnderWay {
  /** Those that are left, quick ones first. */
  readonly tests: AsyncGenerator<Reaching>;
  outcome: MutantResult["outcome"];
}

export interface MutationBenchOptions {
  readonly root: string;
  /** Two copies of the tree, whose sources are changed. */
  readonly trees: { readonly changed: string; readonly reached: string };
  /** Folder where it is kept which tests reach what. */
  readonly kept: string;
  /** Only as many of the quickest tests as take these ms together are run for each mutant, at least one. */
  readonly most: number;
  /** What is shared with other benches on the same code; left out where there are none. */
  readonly findings?: SharedFindings;
}

/** Puts mutants into a copy of the tree, one after the other, and runs the tests that reach them until one of them fails. */
export class MutationBench {
  readonly #root: string;
  readonly #tree: string;
  readonly #most: number;
  readonly #finder: TestFinder;
  readonly #tests: WarmTests;
  readonly #quick: QuickTests;
  readonly #reach: Reach;
  /** Which tests noticed mutants of a source file, the latest first: they are asked first about the next one. */
  readonly #noticers = new Map<string, readonly Noticer[]>();
  readonly #findings: SharedFindings;
  /** Mutants that some tests are still to be run on, by id. */
  readonly #under = new Map<string, UnderWay>();
  /** Tests known to pass by themselves on the code as it is. */
  readonly #standing = new Set<string>();

  constructor({ root, trees, kept, most, findings }: MutationBenchOptions) {
    this.#root = root;
    this.#tree = trees.changed;
    this.#most = most;
    this.#finder = new TestFinder(root);
    this.#tests = new WarmTests(trees.changed, { bail: 1 });
    this.#findings = findings ?? new SharedFindings(root, kept);
    this.#reach = new Reach(trees.reached, kept, this.#findings.measuring);
    this.#quick = new QuickTests(trees.changed, this.#findings, this.#reach, most);
  }

  /** What the quick tests notice of a mutant; null where they notice nothing, and `judge` has to be asked. */
  async judgeQuickly(candidate: Candidate): Promise<Judged | null> {
    const text = this.#textOf(candidate);
    const { outcome, others } = await this.#quick.judge(candidate, text, this.#finder.testsOf(candidate.file));
    if (outcome === "killed" || outcome === "timeout") return { ...described(candidate, text), outcome };
    this.#findings.left.set(candidate.id, { outcome, others });
    return null;
  }

  /**
   * What all tests say of a mutant. Null once they have said nothing for `patience` ms and there are more: asked again, this bench goes on with
   * those that are left.
   */
  async judge(candidate: Candidate, patience = Number.POSITIVE_INFINITY): Promise<Judged | null> {
    const { id } = candidate;
    const until = performance.now() + patience;
    if (!this.#findings.left.has(id)) {
      const judged = await this.judgeQuickly(candidate);
      if (judged !== null) return judged;
    }
    const text = this.#textOf(candidate);
    const under = this.#under.get(id) ?? this.#begin(candidate);
    while (under.outcome === "survived" || under.outcome === "untested") {
      const next = await under.tests.next();
      if (next.done === true) break;
      under.outcome = await this.#run(next.value, candidate, text);
      if (under.outcome === "survived" && performance.now() > until) return null;
    }
    this.#under.delete(id);
    return { ...described(candidate, text), outcome: under.outcome };
  }

  #begin(candidate: Candidate): UnderWay {
    const { outcome, others } = this.#findings.left.get(candidate.id)!;
    const under = { tests: this.#testsOf(candidate, others), outcome };
    this.#under.set(candidate.id, under);
    return under;
  }

  #textOf({ file }: Candidate): string {
    const text = readFileSync(path.join(this.#root, file), "utf8");
    if (!this.#tests.isAlone && /process\.kill|\.kill\(/.test(text))
      throw new AttuneError(
        "unsupported",
        `${file} signals processes: its mutants need a system with unshare, and root.`,
      );
    return text;
  }

  async close(): Promise<void> {
    await this.#tests.stop();
    await this.#quick.close();
    await this.#reach.close();
  }

  /** The test that noticed the last mutant of the file, then those known to be quick; other files are looked into when these notice nothing. */
  async *#testsOf(candidate: Candidate, files: readonly string[]): AsyncGenerator<Reaching> {
    const known = files.filter((test) => this.#reach.knows(test));
    const reaching: Reaching[] = [];
    for (const test of known) {
      const found = await this.#reach.reaching(candidate, test);
      if (found !== null) reaching.push(found);
    }
    const first = firstOf(this.#noticers.get(candidate.file) ?? [], reaching);
    if (first !== null) yield first;
    let left = this.#most;
    const quickest = reaching.toSorted((a, b) => timeOf(a) - timeOf(b));
    for (let next = quickest.shift(); left > 0; next = quickest.shift()) {
      const within = next ?? (await this.#further(candidate, files, known));
      if (within === null) return;
      const tests = withinTime(within.tests, left, left === this.#most);
      if (tests.length > 0) yield { ...within, tests };
      left -= timeOf({ ...within, tests });
    }
  }

  /** The next file that was not looked into before and reaches the change; null when there is none. */
  async #further(candidate: Candidate, files: readonly string[], known: string[]): Promise<Reaching | null> {
    for (const test of files) {
      if (known.includes(test)) continue;
      known.push(test);
      const found = await this.#reach.reaching(candidate, test);
      if (found !== null) return found;
    }
    return null;
  }

  async #run(reaching: Reaching, candidate: Candidate, text: string): Promise<"killed" | "timeout" | "survived"> {
    const { test, tests } = reaching;
    const file = path.join(this.#tree, candidate.file);
    writeFileSync(file, mutated(text, candidate));
    const testLimit = LEAST_LIMIT_MS + SLOWER * Math.max(...tests.map(({ ms }) => ms));
    const task = { test, changed: candidate.file, names: tests.map(({ name }) => name), testLimit };
    const end = await this.#tests
      .run(task, LEAST_LIMIT_MS + testLimit + SLOWER * timeOf(reaching))
      .finally(() => writeFileSync(file, text));
    if (typeof end === "string") return end === "timeout" ? "timeout" : "killed";
    if (end.passed) return "survived";
    const name = end.tests.find(({ passed }) => !passed)?.name;
    if (name === undefined) return "killed";
    if (await this.#standsAlone(test, name)) {
      const earlier = this.#noticers.get(candidate.file) ?? [];
      this.#noticers.set(candidate.file, [{ test, name }, ...earlier.filter((each) => each.name !== name)]);
      return "killed";
    }
    const others = tests.filter((each) => each.name !== name);
    return others.length === 0 ? "survived" : await this.#run({ test, tests: others }, candidate, text);
  }

  /** A test may lean on those before it, or on a quiet machine. */
  async #standsAlone(test: string, name: string): Promise<boolean> {
    const key = `${test} ${name}`;
    if (this.#standing.has(key)) return true;
    if (!(await this.#reach.standsAlone(test, name))) {
      process.stderr.write(`left out, for by itself it fails on the code as it is: ${key}\n`);
      return false;
    }
    this.#standing.add(key);
    return true;
  }
}

function described({ id, file, operator, start, end, replacement }: Candidate, text: string) {
  const line = text.slice(0, start).split("\n").length;
  const was = text.slice(start, end) || (text.slice(end).split("\n")[1] ?? "").trim();
  return { id, file, line, operator, was: was.slice(0, 200), became: replacement };
}

function timeOf({ tests }: Reaching): number {
  return tests.reduce((sum, { ms }) => sum + ms, START_MS);
}

function firstOf(noticers: readonly Noticer[], reaching: readonly Reaching[]): Reaching | null {
  for (const { test, name } of noticers) {
    const found = reaching.find((each) => each.test === test)?.tests.find((each) => each.name === name);
    if (found !== undefined) return { test, tests: [found] };
  }
  return null;
}

/** The quickest tests that take at most `left` ms together; the first in any case where `some` is true. */
function withinTime(tests: Reaching["tests"], left: number, some: boolean): Reaching["tests"] {
  let sum = 0;
  return tests.filter(({ ms }, at) => {
    sum += ms;
    return sum <= left || (some && at === 0);
  });
}

import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

/** A test file that may tell that a source file is wrong. */
export interface RelatedTest {
  readonly test: string;
  /** How many imports lie between them, from 0 for the test beside the file. */
  readonly steps: number;
}

/** Holds the samplers to their bits, and so all that they are made of. */
const GOLDEN = { test: "tests/golden/suggestions.test.ts", steps: 2 };
const HELD_BY_GOLDEN = "src/sampler/registry.ts";

/** Reads the imports of a source tree once and answers for each file which tests reach it. */
export class TestFinder {
  readonly #importers = new Map<string, Set<string>>();

  /** `root` holds `src`. */
  constructor(root: string) {
    const files = readdirSync(path.join(root, "src"), { recursive: true, encoding: "utf8" });
    for (const file of files.filter((name) => name.endsWith(".ts")).map((name) => path.posix.join("src", name))) {
      const text = readFileSync(path.join(root, file), "utf8");
      for (const [, target] of text.matchAll(/(?:from|import\()\s*"(\.[^"]+)"/g)) this.#note(file, target!);
      // A file that starts another as a thread or a process names it like this.
      for (const [, started] of text.matchAll(/[`"/](?:\.\/)?([a-z-]+-(?:thread|main))\b(?!\.ts")/g))
        this.#note(file, `./${started}.ts`);
    }
  }

  #note(importer: string, target: string): void {
    const imported = path.posix.join(path.posix.dirname(importer), target);
    this.#importers.set(imported, (this.#importers.get(imported) ?? new Set()).add(importer));
  }

  /**
   * The test files of its room that reach a file by imports, or the nearest of other rooms where its own has none, and the one that
   * holds the samplers to their bits where the file is part of them; nearest first.
   */
  testsOf(file: string): readonly RelatedTest[] {
    const distance = this.#distances(file);
    const beside = file.replace(/\.ts$/, ".test.ts");
    const tests = [...distance]
      .filter(([name]) => name.endsWith(".test.ts"))
      .map(([test, steps]) => ({ test, steps: test === beside ? 0 : steps }))
      .sort((a, b) => a.steps - b.steps);
    const own = tests.filter(({ test, steps }) => steps <= 1 || roomOf(test) === roomOf(file));
    const held = distance.has(HELD_BY_GOLDEN) ? [GOLDEN] : [];
    return [...(own.length > 0 ? own : tests.slice(0, 5)), ...held].sort((a, b) => a.steps - b.steps);
  }

  /** The files that a change of this one reaches: itself and all that import it, by others too. */
  reaching(file: string): ReadonlySet<string> {
    return new Set(this.#distances(file).keys());
  }

  #distances(file: string): ReadonlyMap<string, number> {
    const distance = new Map([[file, 0]]);
    for (const [reached, steps] of distance) {
      for (const importer of this.#importers.get(reached) ?? []) {
        if (!distance.has(importer)) distance.set(importer, steps + 1);
      }
    }
    return distance;
  }
}

/** The room of a source file: `study` for `src/study/run.ts`. */
export function roomOf(file: string): string {
  const parts = file.split("/");
  return parts.length > 2 ? parts[1]! : "";
}

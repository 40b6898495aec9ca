import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

/** Which tests may tell that a file is wrong, nearest first. */
export interface RelatedTests {
  /** The test beside the file and those that import it themselves. */
  readonly near: readonly string[];
  /** The others that reach it by imports: of its own room, or of all where its room has none. */
  readonly far: readonly string[];
}

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

  testsOf(file: string): RelatedTests {
    const distance = new Map([[file, 0]]);
    for (const [reached, steps] of distance) {
      for (const importer of this.#importers.get(reached) ?? []) {
        if (!distance.has(importer)) distance.set(importer, steps + 1);
      }
    }
    const beside = file.replace(/\.ts$/, ".test.ts");
    const tests = [...distance].filter(([name]) => name.endsWith(".test.ts"));
    const near = tests.filter(([name, steps]) => steps === 1 || name === beside).map(([name]) => name);
    const rest = tests.filter(([name]) => !near.includes(name)).sort((a, b) => a[1] - b[1]);
    const own = rest.filter(([name]) => roomOf(name) === roomOf(file));
    const far = (own.length > 0 || near.length > 0 ? own : rest.slice(0, 5)).map(([name]) => name);
    return { near, far };
  }
}

/** The room of a source file: `study` for `src/study/run.ts`. */
export function roomOf(file: string): string {
  const parts = file.split("/");
  return parts.length > 2 ? parts[1]! : "";
}

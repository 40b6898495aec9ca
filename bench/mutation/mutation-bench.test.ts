import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { mutantsOf } from "./mutants-of.ts";
import { MutationBench } from "./mutation-bench.ts";
import { QuickTests } from "./quick-tests.ts";
import { SharedFindings } from "./shared-findings.ts";
import { SlowTests } from "./slow-tests.ts";

const repository = path.resolve(import.meta.dirname, "../..");
const SUM = `export function sum(a: number, b: number): number {
  return a + b;
}
export function unused(a: number): boolean {
  return a > 1;
}
`;
const OTHER = "export function other(a: number): number {\n  return a + 1;\n}\n";
const HANDED = "export function end(code: number): void {\n  process.exit(code);\n}\n";
const TEST = `import { describe, expect, it } from "vitest";
import { spawnSync } from "node:child_process";
import { end } from "./handed.testing.ts";
import type { other } from "./other.ts";
import { sum } from "./sum.ts";
let leans = 0;
describe("sum", () => {
  it("adds nothing", () => expect(sum(4, 0)).toBe(4));
  it("is run elsewhere", () => {
    leans = 1;
    const file = JSON.stringify(import.meta.dirname + "/other.ts");
    const program = "import(" + file + ").then(({ other }) => (" + end.toString() + ")(other(2)))";
    expect(spawnSync(process.execPath, ["-e", program]).status).toBe(3);
  });
  // What takes its context needs the runner.
  it("leans on the one before it", ({ task }) => expect([task.id !== "", leans, sum(1, 1)]).toEqual([true, 1, 2]));
});
`;
const PLAIN =
  "export const limit = 3;\nexport const isOpen = true;\nexport function twice(a: number): number {\n  return a * 2;\n}\n";
const PLAIN_TEST = `import { expect, it } from "vitest";
import { isOpen, limit, twice } from "./plain.ts";
it("doubles, and leaves what throws later where it does not", () => {
  const timer = setTimeout(() => { throw new Error("left behind"); }, 20);
  expect(twice(4)).toBe(8);
  clearTimeout(timer);
});
it("waits for what never comes where it is not open", () => new Promise((resolve) => isOpen && resolve()));
it("knows no limit", async () => {
  await new Promise((resolve) => setTimeout(resolve, 60));
  expect(limit).toBeGreaterThan(0);
});
`;

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "attune-mutation-"));
  for (const tree of ["root", "changed", "reached"]) {
    for (const made of ["src/room", "tests/support", "bench", "tmp"])
      mkdirSync(path.join(folder, tree, made), { recursive: true });
    cpSync(path.join(repository, "bench/mutation"), path.join(folder, tree, "bench/mutation"), { recursive: true });
    cpSync(path.join(repository, "tests/support"), path.join(folder, tree, "tests/support"), { recursive: true });
    cpSync(path.join(repository, "vitest.config.ts"), path.join(folder, tree, "vitest.config.ts"));
    symlinkSync(path.join(repository, "node_modules"), path.join(folder, tree, "node_modules"));
    writeFileSync(path.join(folder, tree, "package.json"), '{ "type": "module" }');
    const put = (name: string, text: string): void => writeFileSync(path.join(folder, tree, "src/room", name), text);
    put("sum.ts", SUM);
    put("other.ts", OTHER);
    put("handed.testing.ts", HANDED);
    put("sum.test.ts", TEST);
    put("plain.ts", PLAIN);
    put("plain.test.ts", PLAIN_TEST);
  }
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function judged(
  judge: (bench: (name: string, text: string, operator: string) => Promise<string>) => Promise<void>,
) {
  const root = path.join(folder, "root");
  const trees = { changed: path.join(folder, "changed"), reached: path.join(folder, "reached") };
  const bench = new MutationBench({ root, trees, kept: path.join(folder, "kept"), most: 60_000 });
  try {
    await judge(async (name, text, operator) => {
      const mutant = mutantsOf(text).find((each) => each.operator === operator)!;
      const candidate = { ...mutant, file: `src/room/${name}`, id: operator };
      // However short the time, it goes on where it was.
      for (let asked = 1; ; asked++) {
        const judged = await bench.judge(candidate, asked < 10 ? 0 : undefined);
        if (judged !== null) return judged.outcome;
      }
    });
  } finally {
    await bench.close();
  }
}

it("notices by the tests that run a change, in processes they start too, and by none that fails by itself", async () => {
  await judged(async (judge) => {
    // "leans" notices it, but fails alone on the code as it is; what else runs it does not tell.
    expect(await judge("sum.ts", SUM, "+ to -")).toBe("survived");
    expect(await judge("sum.ts", SUM, "> to <")).toBe("untested");
    expect(await judge("other.ts", OTHER, "+ to -")).toBe("killed");
  });
  expect(readdirSync(path.join(folder, "kept")).length).toBeGreaterThan(0);
}, 600_000);

it("notices without the runner where none is needed, and takes nothing for noticed that an earlier run left behind", async () => {
  rmSync(path.join(folder, "kept"), { recursive: true, force: true });
  await judged(async (judge) => {
    expect(await judge("plain.ts", PLAIN, "* to /")).toBe("killed");
    expect(await judge("plain.ts", PLAIN, "number one off")).toBe("survived");
    // Nothing could come any more, so that nobody waits for a limit of time.
    expect(await judge("plain.ts", PLAIN, "true to false")).toBe("killed");
  });
  expect(existsSync(path.join(folder, "kept"))).toBe(false);
}, 600_000);

it("runs no test file of which it is known that it does not run a change, and one of which that is not known", async () => {
  const tree = path.join(folder, "changed");
  const mutant = mutantsOf(PLAIN).find(({ operator }) => operator === "* to /")!;
  const candidate = { ...mutant, file: "src/room/plain.ts", id: "1" };
  const related = [{ test: "src/room/plain.test.ts", steps: 0 }];
  const outcomes: string[] = [];
  for (const known of [true, false]) {
    const reach = { knows: () => known, mayReach: async () => false };
    const tests = new QuickTests(tree, new SharedFindings(tree, path.join(folder, "kept")), reach, 60_000);
    outcomes.push((await tests.judge(candidate, PLAIN, related)).outcome);
    await tests.close();
  }
  expect(outcomes).toEqual(["untested", "killed"]);
}, 600_000);

it("keeps in mind which test files are slow, as long as their text is the same", () => {
  const [tree, kept] = [path.join(folder, "root"), path.join(folder, "slow")];
  const [test, other] = ["src/room/plain.test.ts", "src/room/sum.test.ts"];
  new SlowTests(tree, kept).add(test);
  const slow = new SlowTests(tree, kept);
  expect([slow.has(test), slow.has(other)]).toEqual([true, false]);
  writeFileSync(path.join(tree, test), `${PLAIN_TEST}// another`);
  expect(slow.has(test)).toBe(false);
});

import path from "node:path";
import { expect, it } from "vitest";
import { TestFinder } from "./tests-of.ts";

const finder = new TestFinder(path.resolve(import.meta.dirname, "../.."));

it("names the test beside a file first, and those of its room that reach it through others", () => {
  const tests = finder.testsOf("src/storage/lease.ts");
  expect(tests[0]).toEqual({ test: "src/storage/lease.test.ts", steps: 0 });
  expect(tests).toContainEqual({ test: "src/storage/equivalence.test.ts", steps: expect.toSatisfy((n) => n > 1) });
  expect(tests.every(({ test }) => test.startsWith("src/storage/") && test.endsWith(".test.ts"))).toBe(true);
  expect(tests.map(({ steps }) => steps)).toEqual(tests.map(({ steps }) => steps).sort((a, b) => a - b));
});

it("reaches what runs in a thread of its own", () => {
  const tests = finder.testsOf("src/storage/sqlite/sqlite-thread.ts");
  expect(tests.some(({ test }) => test.startsWith("src/storage/sqlite/"))).toBe(true);
});

it("reaches files that have no test beside them", () => {
  expect(finder.testsOf("src/study/liveness.ts").length).toBeGreaterThan(0);
});

it("adds what holds samplers to their bits to all that they are made of, and to nothing else", () => {
  const golden = { test: "tests/golden/suggestions.test.ts", steps: 2 };
  expect(finder.testsOf("src/surrogate/gp/gaussian-process.ts")).toContainEqual(golden);
  expect(finder.testsOf("src/sampler/tpe/tpe.ts")).toContainEqual(golden);
  expect(finder.testsOf("src/storage/lease.ts")).not.toContainEqual(golden);
});

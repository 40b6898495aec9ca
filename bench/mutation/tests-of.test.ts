import path from "node:path";
import { expect, it } from "vitest";
import { TestFinder } from "./tests-of.ts";

const finder = new TestFinder(path.resolve(import.meta.dirname, "../.."));

it("names the test beside a file first, and those of its room that reach it through others", () => {
  const { near, far } = finder.testsOf("src/storage/lease.ts");
  expect(near).toContain("src/storage/lease.test.ts");
  expect(far).toContain("src/storage/equivalence.test.ts");
  expect([...near, ...far].every((file) => file.startsWith("src/storage/") && file.endsWith(".test.ts"))).toBe(true);
});

it("reaches what runs in a thread of its own", () => {
  const { near, far } = finder.testsOf("src/storage/sqlite/sqlite-thread.ts");
  expect([...near, ...far].some((file) => file.startsWith("src/storage/sqlite/"))).toBe(true);
});

it("reaches files that have no test beside them", () => {
  const { near, far } = finder.testsOf("src/study/liveness.ts");
  expect([...near, ...far].length).toBeGreaterThan(0);
});

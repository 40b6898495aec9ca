import { expect, it } from "vitest";
import * as quick from "./quick-vitest.ts";

type Register = (name: string, work: (...args: readonly never[]) => unknown) => void;
const group = quick.describe as Register;
const test = quick.it as Register & { each(rows: readonly unknown[]): Register; skip: Register };

it("runs tests in their order, with what goes before and after each, to the first that fails", async () => {
  const done: string[] = [];
  quick.begin();
  quick.beforeEach(() => done.push("outer"));
  group("a group", () => {
    quick.beforeEach(() => done.push("inner"));
    quick.afterEach(() => done.push("after"));
    test("one", () => done.push("one"));
    test.each([
      [1, 2],
      [3, 4],
    ])("of a table", (...args: readonly unknown[]) => done.push(args.join()));
    test.each([[5], 6])("of one column", (...args: readonly unknown[]) => done.push(JSON.stringify(args)));
  });
  test.skip("left out", () => done.push("skipped"));
  test("later", async () => {
    await Promise.resolve();
    done.push("later");
  });
  await quick.runAll();
  const inGroup = (name: string) => ["outer", "inner", name, "after"];
  expect(done).toEqual([
    ...inGroup("one"),
    ...inGroup("1,2"),
    ...inGroup("3,4"),
    ...inGroup("[[5]]"),
    ...inGroup("[6]"),
    "outer",
    "later",
  ]);

  quick.begin();
  done.length = 0;
  quick.afterEach(() => done.push("after it"));
  quick.afterAll(() => done.push("after all"));
  test("fails", () => quick.expect(1).toBe(2));
  test("is not run", () => done.push("never"));
  await expect(quick.runAll()).rejects.toThrow(/expected 1 to be 2/);
  expect(done).toEqual(["after it", "after all"]);
});

it("waits for what is polled until it holds, or for its time", async () => {
  let looks = 0;
  const look = () => ++looks;
  await quick.expect.poll(look).toBeGreaterThan(2);
  expect(looks).toBe(3);
  await quick.expect.poll(look).not.toBeLessThan(6);
  expect(looks).toBe(6);
  await expect(quick.expect.poll(async () => 1, { timeout: 50 }).toBe(2)).rejects.toThrow(/expected 1 to be 2/);
});

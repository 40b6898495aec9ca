import { expect, it } from "vitest";
import { mutated } from "./mutant.ts";
import { mutantsOf } from "./mutants-of.ts";

const all = (text: string): readonly string[] => mutantsOf(text).map((mutant) => mutated(text, mutant));

it.each([
  ["export const f = (a: number): boolean => a < 4;", ["a <= 4", "a > 4", "a < (5)", "a < (3)"]],
  ["const s: string = `a` + 'b' + name;", []],
  ["const n: number = (a as number) - b;", ["(a as number) + b"]],
  ["const t = a && !b;", ["a || !b", "a && b"]],
  ["let i = a.b; i++; i += c;", ["i = a.b; ; i += c", "i--; i += c", "i++; ;", "i++; i -= c;"]],
  ["if (x instanceof Map) go();", ["if (true) go();", "if (false) go();", "if (x instanceof Map) ;"]],
  ["const m = Math.max(a, b);", ["Math.min(a, b)"]],
  ["function g(a: number): void { use(a); }", ["void { return;  use(a)", "{ ; }"]],
  ["type T = 1 | 2; interface I { readonly n: 3 }", []],
])("%s", (text, changes) => {
  const made = all(text);
  expect(made).toHaveLength(changes.length);
  for (const change of changes) expect(made.filter((changed) => changed.includes(change))).not.toEqual([]);
});

it("changes each place once, and nothing else", () => {
  const text = "export function h(a: number, b = 2): number {\n  return a > b ? -a : a % b;\n}\n";
  const made = all(text);
  expect(new Set(made).size).toBe(made.length);
  expect(made).not.toContain(text);
});

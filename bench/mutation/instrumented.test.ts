import module from "node:module";
import { expect, it } from "vitest";
import { instrumented, placesOf } from "./instrumented.ts";

const SOURCE = `import type { Reader } from "./reader.ts";
const twice = (a: number): number => a * 2;
const pair = (a: number) => ({ a, b: (c: number) => c + a }) as const;
export class Counter {
  #count = 0;
  constructor(_start?: Reader) { this.#count = twice(1); }
  add(by = 1): number {
    if (by > 5) { return -1; } else this.#count += by;
    for (const each of [by].map((x) => x as number)) { this.#count += each; }
    return pair(this.#count).b(0);
  }
}
export const { total } = (() => { const counter = new Counter(); counter.add(); return { total: counter.add(7) }; })();
`;

/** The numbers that were hit, and the value of \`total\`. */
function ran(source: string): { readonly hits: readonly number[]; readonly total: unknown } {
  const hits: number[] = [];
  const plain = module
    .stripTypeScriptTypes(source)
    .replace(/^import \{ hit as __hit \} from "[^"]*";/, "")
    .replaceAll("export ", "");
  const total: unknown = new Function("__hit", `${plain}; return total;`)((n: number) => hits.push(n));
  return { hits, total };
}

it("marks each block and each value of an arrow function, and changes nothing else", () => {
  const places = placesOf(SOURCE);
  const texts = places.map(({ start, end }) => SOURCE.slice(start, end));
  expect(texts).toContain("a * 2");
  expect(texts).toContain("{ a, b: (c: number) => c + a }");
  expect(texts).toContain("c + a");
  expect(texts).toContain("{ return -1; }");
  const source = instrumented(SOURCE, 100, "./record.ts");
  expect(source.startsWith('import { hit as __hit } from "./record.ts"; ')).toBe(true);
  expect(source.split("\n")).toHaveLength(SOURCE.split("\n").length);
  const { hits, total } = ran(source);
  expect(total).toBe(ran(SOURCE).total);
  expect(new Set(hits)).toEqual(new Set(places.map((_, n) => 100 + n)));
});

it("tells what did not run", () => {
  const source = SOURCE.replace("counter.add(7)", "counter.add(3)");
  const { hits } = ran(instrumented(source, 0, "./record.ts"));
  const left = placesOf(source).filter((_, n) => !hits.includes(n));
  expect(left.map(({ start, end }) => source.slice(start, end))).toEqual(["{ return -1; }"]);
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { jsonCopy } from "./json-copy.ts";

/** The slow way, which is the truth. */
function throughText(value: unknown): unknown {
  const text = JSON.stringify(value);
  return text === undefined ? undefined : JSON.parse(text);
}

const anything = fc.anything({ withDate: true, withNullPrototype: true, withSparseArray: true, withTypedArray: true });

describe("jsonCopy", () => {
  it("gives what writing and reading JSON gives, of anything", () => {
    fc.assert(
      fc.property(anything, (value) => {
        expect(jsonCopy(value)).toStrictEqual(throughText(value));
        expect(JSON.stringify(jsonCopy(value))).toBe(JSON.stringify(throughText(value)));
      }),
    );
  });

  it("keeps every finite number's bits and makes one zero of two", () => {
    fc.assert(
      fc.property(fc.double(), (x) => {
        expect(Object.is(jsonCopy([x])[0], throughText(x))).toBe(true);
      }),
    );
    expect(Object.is(jsonCopy(-0), 0)).toBe(true);
  });

  it("shares nothing with what it was made of", () => {
    const value = { list: [{ x: 1 }], inner: { y: [2] } };
    const copy = jsonCopy(value);
    value.list[0]!.x = 9;
    value.inner.y.push(9);
    expect(copy).toEqual({ list: [{ x: 1 }], inner: { y: [2] } });
  });

  it.each([
    ["a key __proto__", JSON.parse('{"__proto__": {"x": 1}, "y": 2}')],
    ["toJSON", { at: new Date(0), own: { toJSON: () => ({ z: undefined, w: 1 }) } }],
    ["boxed values", [new Number(1), new String("a"), new Boolean(false)]],
    ["functions and symbols", { f: () => 1, s: Symbol("s"), list: [() => 1, Symbol("s"), undefined] }],
    [
      "maps, sets, classes",
      [
        new Map([[1, 2]]),
        new Set([1]),
        new (class A {
          readonly x = 1;
        })(),
      ],
    ],
    ["members named by symbols", { [Symbol("s")]: 1, x: 1, inner: { [Symbol("t")]: {} } }],
    [
      "what only numbers of another kind are",
      { zero: -0, nan: Number.NaN, inner: { far: -Infinity, none: undefined } },
    ],
    ["holes", Object.assign(new Array<number>(4), { 1: 1, 3: 2 })],
    ["what is deep", Array.from({ length: 200 }).reduce((inner) => ({ inner: [inner] }), 1 as unknown)],
  ])("treats %s as JSON does", (_name, value) => {
    expect(jsonCopy(value)).toStrictEqual(throughText(value));
  });

  it("keeps what it looked at, of members that tell something else each time", () => {
    let told = 0;
    const value = Object.defineProperty({}, "x", { enumerable: true, get: () => (told++ === 0 ? 1 : Number.NaN) });
    expect(jsonCopy(value)).toStrictEqual({ x: 1 });
  });

  it("throws what JSON throws: of a BigInt and of a circle", () => {
    const circle: unknown[] = [];
    circle.push({ circle });
    expect(() => jsonCopy({ n: [1n] })).toThrow(TypeError);
    expect(() => jsonCopy(circle)).toThrow(TypeError);
  });
});

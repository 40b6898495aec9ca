import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalJson } from "./canonical-json.ts";

/** The same value with the keys of its objects the other way round. */
function turned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(turned);
  if (value === null || typeof value !== "object") return value;
  const entries = Object.entries(value).map(([key, inner]) => [key, turned(inner)] as const);
  return Object.fromEntries(entries.reverse());
}

describe("canonicalJson", () => {
  it("sorts keys at every depth, and leaves lists in order", () => {
    expect(canonicalJson({ b: [2, { z: 1, a: null }], a: '\u2028"' })).toBe(
      '{"a":"\u2028\\"","b":[2,{"a":null,"z":1}]}',
    );
    expect(canonicalJson({ a: undefined, b: 1 })).toBe('{"b":1}');
    expect(canonicalJson(undefined)).toBe(undefined);
  });

  it("is JSON of the same value, whatever the order of keys", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = canonicalJson(value as object);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
        expect(canonicalJson(turned(value) as object)).toBe(text);
      }),
    );
  });
});

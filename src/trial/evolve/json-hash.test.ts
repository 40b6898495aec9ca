import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { JsonValue } from "../../space/json.ts";
import { canonicalJson } from "./canonical-json.ts";
import { jsonHash, ObjectHashes } from "./json-hash.ts";

const json = fc.jsonValue() as fc.Arbitrary<JsonValue>;

/** The same with the keys of all objects the other way round. */
function turned(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(turned);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([key, inner]) => [key, turned(inner)]),
  );
}

describe("jsonHash", () => {
  it("is the same for what has the same text, whatever the order of keys", () => {
    fc.assert(
      fc.property(json, (value) => {
        expect(jsonHash(turned(value))).toBe(jsonHash(value));
        expect(jsonHash(JSON.parse(canonicalJson(value)) as JsonValue)).toBe(jsonHash(value));
      }),
    );
  });

  it("takes what JSON writes alike as one: both zeros, null and no number, undefined and no key", () => {
    expect(jsonHash({ x: -0 })).toBe(jsonHash({ x: 0 }));
    expect(jsonHash([Number.NaN])).toBe(jsonHash([null]));
    expect(jsonHash({ x: 1, y: undefined } as unknown as JsonValue)).toBe(jsonHash({ x: 1 }));
  });

  it("is that of objects whose members are given one after the other, numbers as such or as values", () => {
    const pairs = fc.array(fc.tuple(fc.double({ noNaN: true }), json), {
      minLength: 1,
    });
    fc.assert(
      fc.property(pairs, (rows) => {
        const hashes = new ObjectHashes(rows.length);
        hashes.addNumbers(
          "x",
          Float64Array.from(rows, ([x]) => x),
        );
        hashes.add("y", (place) => rows[place]![1]);
        expect([...hashes.finish()]).toEqual(rows.map(([x, y]) => jsonHash({ x, y })));
      }),
    );
  });

  it("is a whole number of 32 bits", () => {
    fc.assert(
      fc.property(json, (value) => {
        expect(jsonHash(value) >>> 0).toBe(jsonHash(value));
      }),
    );
  });

  it("tells apart what differs in kind, place or a last bit", () => {
    const others: readonly JsonValue[] = [
      ...["1", 1, true, false, null, [], {}, [1], { a: 1 }, { b: 1 }, { a: 1, b: 2 }, { a: 2, b: 1 }, [1, 2], [2, 1]],
      ...[1 + Number.EPSILON, -1, 2, { a: "b" }, { b: "a" }, { a: { b: 1 } }, { a: [1] }, [[1]], "", "ab", "ba"],
    ];
    expect(new Set(others.map(jsonHash)).size).toBe(others.length);
  });

  it("scatters configurations as chance would", () => {
    const hashes = Array.from({ length: 100_000 }, (_, k) => jsonHash([{ lr: k / 7, layers: k % 5 }, null, null]));
    // Chance brings 100,000² / 2 / 2^32 = 1.2 pairs together.
    expect(hashes.length - new Set(hashes).size).toBeLessThan(8);
  });
});

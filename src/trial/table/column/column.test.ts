import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { JsonValue } from "../../../space/json.ts";
import { ByteSource } from "./byte-source.ts";
import { ByteWriter } from "./byte-writer.ts";
import { readColumn } from "./read-column.ts";
import { writeColumn } from "./write-column.ts";

const json = fc.jsonValue() as fc.Arbitrary<JsonValue>;
const hexadecimal = fc.constantFrom(2, 4, 32).chain((length) => {
  const digit = fc.constantFrom(..."0123456789abcdef");
  return fc.array(fc.string({ unit: digit, minLength: length, maxLength: length }), { minLength: 2 });
});
const number = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0),
  fc.integer(),
  fc.nat(300),
  fc.maxSafeInteger(),
  fc.constantFrom(0, 2 ** 32 - 1, 2 ** 32 - 2, 255, 256, 65_535, 65_536, -1),
);
const nearly = (usual: fc.Arbitrary<JsonValue>) => fc.oneof({ weight: 9, arbitrary: usual }, json);
const record = fc.record(
  {
    x: nearly(number),
    kind: fc.constantFrom("a", "b"),
    inner: fc.record({ y: number, deep: fc.array(number) }, { noNullPrototype: true }),
  },
  { requiredKeys: ["x"], noNullPrototype: true },
) as fc.Arbitrary<JsonValue>;
const cells = fc.oneof(
  fc.array(json),
  fc.array(number),
  fc.array(nearly(number)),
  hexadecimal,
  fc.array(fc.constantFrom("up", "down", "\ud800", "")),
  fc.array(nearly(record)),
  fc.array(nearly(fc.array(record))),
  fc.array(fc.array(json)),
  fc.tuple(json, fc.nat(9)).map(([value, count]) => Array.from({ length: count }, () => value)),
) as fc.Arbitrary<readonly JsonValue[]>;

function roundTrip(values: readonly (JsonValue | undefined)[], shared = false): readonly JsonValue[] {
  const out = new ByteWriter();
  writeColumn(out, values);
  const bytes = out.finish();
  const memory = shared ? new Uint8Array(new SharedArrayBuffer(bytes.length)) : bytes;
  memory.set(bytes);
  const column = readColumn(new ByteSource(memory), values.length);
  return values.map((_value, row) => column.get(row));
}

/** The text tells the order of keys. */
function expectSame(read: JsonValue, value: JsonValue): void {
  expect(JSON.stringify(read)).toBe(JSON.stringify(value));
  expect(read).toStrictEqual(value);
}

describe("a column", () => {
  it("gives back every JSON value as it was, to the last bit and in the order of its keys", () => {
    fc.assert(
      fc.property(cells, fc.boolean(), (values, shared) => {
        for (const [row, read] of roundTrip(values, shared).entries()) expectSame(read, values[row]!);
      }),
      { numRuns: 500 },
    );
  });

  it("leaves out rows that hold nothing, and gives back the others", () => {
    const sparse = cells.chain((values) =>
      fc.array(fc.boolean(), { minLength: values.length, maxLength: values.length }).map((kept) => ({ values, kept })),
    );
    fc.assert(
      fc.property(sparse, ({ values, kept }) => {
        const read = roundTrip(values.map((value, row) => (kept[row] === true ? value : undefined)));
        for (const [row, value] of values.entries()) if (kept[row] === true) expectSame(read[row]!, value);
      }),
    );
  });

  it("keeps keys that objects inherit or that mean a prototype", () => {
    const odd = JSON.parse('[{"__proto__":1,"a":2},{"constructor":1},{"toString":{"__proto__":null}},{"7":1,"a":2}]');
    for (const [row, read] of roundTrip(odd).entries()) expectSame(read, odd[row]);
  });

  it("takes what JSON leaves out as not there", () => {
    const values = [
      { a: 1, b: undefined },
      { a: 2, b: 3 },
    ] as unknown as readonly JsonValue[];
    expect(roundTrip(values)).toStrictEqual([{ a: 1 }, { a: 2, b: 3 }]);
  });

  it("costs little where values are alike, and no column for each of many keys that few have", () => {
    const sizeOf = (values: readonly JsonValue[]): number => {
      const out = new ByteWriter();
      writeColumn(out, values);
      return out.length;
    };
    const rows = (make: (row: number) => JsonValue): readonly JsonValue[] =>
      Array.from({ length: 1_024 }, (_none, row) => make(row));
    expect(sizeOf(rows(() => ({ engine: "1", inputs: {} })))).toBeLessThan(64);
    expect(sizeOf(rows((row) => 1_700_000_000_000 + row))).toBeLessThan(2 * 1_024 + 32);
    expect(sizeOf(rows((row) => row.toString(16).padStart(32, "0")))).toBeLessThan(16 * 1_024 + 32);
    expect(sizeOf(rows((row) => ["sgd", "adam", "rmsprop"][row % 3]!))).toBeLessThan(1_024 + 64);
    expect(sizeOf(rows((row) => ({ [`key ${row}`]: row })))).toBeLessThan(40 * 1_024);
  });
});

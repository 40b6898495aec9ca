import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { JsonValue } from "../../../space/json.ts";
import { ByteSource } from "./byte-source.ts";
import { ByteWriter } from "./byte-writer.ts";
import { COLUMN } from "./column-kind.ts";
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
const each = (count: number, cell: (k: number) => number): readonly number[] =>
  Array.from({ length: count }, (_none, k) => cell(k));
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
  fc.tuple(fc.integer(), fc.integer(), fc.nat(40)).map(([first, by, count]) => each(count, (k) => first + k * by)),
  fc
    .array(fc.tuple(fc.nat(3), fc.integer({ min: 1, max: 40 })))
    .map((runs) => runs.flatMap(([value, count]) => each(count, () => value))),
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

it("finds rows of a column in any order", () => {
  const runs = each(400, (k) => Math.floor(k / 9) % 5);
  const out = new ByteWriter();
  expect(writeColumn(out, runs)).toBe(COLUMN.runs);
  const column = readColumn(new ByteSource(out.finish()), runs.length);
  for (let k = 0; k < 400; k++) expect(column.get((k * 37) % 400)).toBe(runs[(k * 37) % 400]);
});

function formOf(values: readonly (JsonValue | undefined)[]): string {
  const kind = writeColumn(new ByteWriter(), values);
  return Object.entries(COLUMN).find(([, known]) => known === kind)![0];
}

const digits = (count: number): readonly string[] => ["0".repeat(count), "1".repeat(count)];
const ownKeys = (count: number): readonly JsonValue[] =>
  Array.from({ length: count }, (_none, row) => ({ [`k${row}`]: row }));

describe("the bytes of a column", () => {
  // Stored blocks hold them: another way to write is another version of the form.
  it.each([
    ["one text", ["a", "a"], "0003000000226122"],
    ["null", [null, null], "00040000006e756c6c"],
    ["no rows", [], "00040000006e756c6c"],
    ["rows that hold nothing", [undefined, undefined], "00040000006e756c6c"],
    ["one truth, but where nothing is", [undefined, true, true], "000400000074727565"],
    ["one object", [{ a: 1 }, { a: 1 }], "00070000007b2261223a317d"],
    ["whole numbers of one byte", [5, 260], "0101000000000000144000ff00000000"],
    ["whole numbers of two bytes", [5, 261], "010200000000000014400000000100000000"],
    ["whole numbers up to two bytes", [0, 65_535, 1], "010200000000000000000000ffff010000000000"],
    ["whole numbers of four bytes", [0, 65_536], "01040000000000000000000000000000010000000000"],
    ["as many as there are", [0, 4_294_967_294], "0104000000000000000000000000feffffff00000000"],
    ["one byte, and others", [0, 254, 7, null], "0101000000000000000000fe07ff0100000003000000060000005b6e756c6c5d"],
    [
      "two bytes, for others have one place too",
      [0, 255, 7, null],
      "010200000000000000000000ff000700ffff0100000003000000060000005b6e756c6c5d",
    ],
    [
      "two bytes, and others",
      [0, 65_534, 1, null],
      "010200000000000000000000feff0100ffff0100000003000000060000005b6e756c6c5d",
    ],
    ["each as far from the one before", [9, 7, 5, 3, 1, -1, -3, -5], "07000000000000224000000000000000c0"],
    [
      "long runs of the same",
      [4, 4, 4, 4, 4, 4, 4, 4, 4, 9, 9, 9, 9, 9, 9, 9, 9],
      "0802000000000000000900000001010000000000001040000500000000",
    ],
    ["runs that are too short", [4, 4, 4, 4, 4, 4, 9], "010100000000000010400000000000000500000000"],
    ["doubles", [0.5, -1.5], "02000000000000e03f000000000000f8bf00000000"],
    ["whole numbers too far apart", [0, 4_294_967_295], "0200000000000000000000e0ffffffef4100000000"],
    [
      "doubles, and others",
      [0.5, undefined, 1, 2, "NaN"],
      "02000000000000e03f000000000000f87f000000000000f03f0000000000000040000000000000f87f0100000004000000070000005b224e614e225d",
    ],
    ["places", ["b", "a", "b"], "0301000100090000005b2262222c2261225d"],
    ["fewer numbers than three in four", [1, 2, "x"], "0301000102090000005b312c322c2278225d"],
    ["hexadecimal digits", ["0a", "ff", undefined], "04010aff00"],
    ["an odd number of digits", ["abc", "abd"], "030100010d0000005b22616263222c22616264225d"],
    ["capital digits", ["0A", "FF"], "030100010b0000005b223041222c224646225d"],
    [
      "objects of the same keys",
      [
        { a: 1, b: "x" },
        { a: 2, b: "x" },
      ],
      "050b0000005b5b2261222c2262225d5d0002000000100000000101000000000000f03f000100000000080000000003000000227822",
    ],
    [
      "objects of other keys",
      [{ a: 1 }, { b: 2 }, {}],
      "05100000005b5b2261225d2c5b2262225d2c5b5d5d01000102020000000600000000010000003106000000000100000032",
    ],
    ["objects by half", [{ a: 1 }, 3], "05100000005b5b2261225d2c7b226973223a337d5d0100010100000006000000000100000031"],
    ["fewer objects", [{ a: 1 }, 3, 4], "03010001020d0000005b7b2261223a317d2c332c345d"],
    [
      "lists",
      [[1, 2], [], undefined, [3]],
      "0612000000010100000000000000000200000100000000030000000101000000000000f03f00010200000000",
    ],
    ["empty lists", [[], []], "06060000000001000000300000000000040000006e756c6c"],
  ] as readonly (readonly [string, readonly (JsonValue | undefined)[], string])[])(
    "are these for %s",
    (_name, values, bytes) => {
      const out = new ByteWriter();
      writeColumn(out, values);
      expect(Buffer.from(out.finish()).toString("hex")).toBe(bytes);
      const column = readColumn(new ByteSource(new Uint8Array(Buffer.from(bytes, "hex"))), values.length);
      for (const [row, value] of values.entries()) if (value !== undefined) expectSame(column.get(row), value);
    },
  );

  it("are of the form that fits, at each border", () => {
    expect([digits(254), digits(256)].map(formOf)).toEqual(["hexadecimal", "places"]);
    // 4,096 cells for keys are always fine; beyond that, one in four is to hold something.
    expect([ownKeys(64), ownKeys(65)].map(formOf)).toEqual(["objects", "places"]);
    const pairs = (count: number): readonly JsonValue[] =>
      Array.from({ length: 1_024 }, (_none, row) => ({ [`k${row % count}`]: row }));
    expect([pairs(8), pairs(9)].map(formOf)).toEqual(["objects", "places"]);
    expect([[1, 2, 3, "x"] as const, [1, 2, "x"] as const].map(formOf)).toEqual(["integers", "places"]);
    expect([[0.5, 2, 3, "x"] as const, [0.5, 2, "x"] as const].map(formOf)).toEqual(["doubles", "places"]);
    expect([[{ a: 1 }, { a: 2 }, 1] as const, [{ a: 1 }, 1, 2] as const].map(formOf)).toEqual(["objects", "places"]);
  });
});

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

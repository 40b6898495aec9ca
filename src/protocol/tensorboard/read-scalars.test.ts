import { describe, expect, it } from "vitest";
import { packedVarints, protobufFields } from "./protobuf-fields.ts";
import { readScalars } from "./read-scalars.ts";

/** The bytes of a varint (protobuf's encoding guide: seven bits a byte, the least first). */
function varint(value: bigint): Buffer {
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, value);
  do {
    bytes.push(Number(rest & 127n) | (rest > 127n ? 128 : 0));
    rest >>= 7n;
  } while (rest > 0n);
  return Buffer.from(bytes);
}
const key = (number: number, wire: number): Buffer => varint(BigInt(number * 8 + wire));
const whole = (number: number, value: bigint): Buffer => Buffer.concat([key(number, 0), varint(value)]);
const bytes = (number: number, value: Buffer): Buffer =>
  Buffer.concat([key(number, 2), varint(BigInt(value.length)), value]);
const fixed32 = (number: number, value: number): Buffer => {
  const buffer = Buffer.alloc(4);
  buffer.writeFloatLE(value);
  return Buffer.concat([key(number, 5), buffer]);
};
const filled = (size: number, write: (buffer: Buffer) => void): Buffer => {
  const buffer = Buffer.alloc(size);
  write(buffer);
  return buffer;
};
const double = (value: number): Buffer => filled(8, (buffer) => buffer.writeDoubleLE(value));
const float = (value: number): Buffer => filled(4, (buffer) => buffer.writeFloatLE(value));
const int32 = (value: number): Buffer => filled(4, (buffer) => buffer.writeInt32LE(value));
const int64 = (value: bigint): Buffer => filled(8, (buffer) => buffer.writeBigInt64LE(value));

describe("protobufFields", () => {
  // The examples of the encoding guide: 150 is 96 01, "testing" is 07 74 65 73 74 69 6e 67.
  it("reads each kind of field", () => {
    const message = Buffer.from("089601" + "120774657374696e67" + "1d0000803f" + "21000000000000f03f", "hex");
    const fields = [...protobufFields(message)];
    expect(fields.map(({ number }) => number)).toEqual([1, 2, 3, 4]);
    expect(fields[0]!.value).toBe(150n);
    expect(String(fields[1]!.value)).toBe("testing");
    expect((fields[2]!.value as Buffer).readFloatLE()).toBe(1);
    expect((fields[3]!.value as Buffer).readDoubleLE()).toBe(1);
  });

  it.each(["08", "0896", "1207746573", "1d0000", "0b", "12", "08ffffffffffffffffffff01"])(
    "ends where %s makes no sense, with what came before",
    (broken) => {
      expect([...protobufFields(Buffer.from(`0801${broken}`, "hex"))]).toEqual([{ number: 1, value: 1n }]);
    },
  );

  it("reads numbers of ten bytes, and packed ones", () => {
    expect([...protobufFields(whole(1, -1n))]).toEqual([{ number: 1, value: 2n ** 64n - 1n }]);
    expect([...packedVarints(Buffer.concat([varint(3n), varint(300n), varint(2n ** 63n)]))]).toEqual([
      3n,
      300n,
      2n ** 63n,
    ]);
    expect([...packedVarints(Buffer.from([1, 0x80]))]).toEqual([1n]);
  });
});

describe("readScalars", () => {
  const event = (value: Buffer, step = 7n): Buffer =>
    Buffer.concat([whole(2, step), bytes(5, bytes(1, Buffer.concat([bytes(1, Buffer.from("loss")), value])))]);
  const tensor = (...fields: readonly Buffer[]): Buffer => bytes(8, Buffer.concat(fields));

  it.each<[string, Buffer, number]>([
    ["a simple value", fixed32(2, 0.5), 0.5],
    ["a float tensor", tensor(whole(1, 1n), bytes(4, float(0.25))), 0.25],
    ["a double tensor", tensor(whole(1, 2n), bytes(4, double(0.1))), 0.1],
    ["an int32 tensor", tensor(whole(1, 3n), bytes(4, int32(-5))), -5],
    ["an int64 tensor", tensor(whole(1, 9n), bytes(4, int64(-9n))), -9],
    ["a packed float", tensor(whole(1, 1n), bytes(5, float(1.5))), 1.5],
    ["a packed double", tensor(whole(1, 2n), bytes(6, double(2.5))), 2.5],
    ["an int", tensor(whole(1, 3n), whole(7, -3n)), -3],
    ["a packed int", tensor(whole(1, 9n), bytes(10, varint(-4n))), -4],
    ["a long int", tensor(whole(1, 9n), whole(10, 2n ** 40n)), 2 ** 40],
  ])("reads %s", (_, value, expected) => {
    expect(readScalars(event(value))).toEqual({ step: 7, scalars: [{ tag: "loss", value: expected }] });
  });

  it.each<[string, Buffer]>([
    ["a tensor of two numbers", tensor(whole(1, 1n), bytes(4, Buffer.concat([float(1), float(2)])))],
    ["a tensor of two ints", tensor(whole(1, 3n), bytes(7, Buffer.concat([varint(1n), varint(2n)])))],
    ["a tensor of texts", tensor(whole(1, 7n), bytes(8, Buffer.from("text")))],
    ["a tensor without a type", tensor(bytes(4, float(1)))],
    ["an image", bytes(4, Buffer.from("png"))],
    ["a simple value of the wrong width", bytes(2, double(1))],
  ])("leaves out %s", (_, value) => expect(readScalars(event(value))).toEqual({ step: 7, scalars: [] }));

  it("knows steps below 0 and an event without one, and reads several values of one event", () => {
    expect(readScalars(event(fixed32(2, 1), -2n)).step).toBe(-2);
    const summary = ["a", "b"].map((tag) => bytes(1, Buffer.concat([bytes(1, Buffer.from(tag)), fixed32(2, 3)])));
    expect(readScalars(bytes(5, Buffer.concat(summary)))).toEqual({
      step: 0,
      scalars: [
        { tag: "a", value: 3 },
        { tag: "b", value: 3 },
      ],
    });
    expect(readScalars(Buffer.concat([whole(5, 1n), bytes(3, Buffer.from("brain.Event:2"))]))).toEqual({
      step: 0,
      scalars: [],
    });
  });
});

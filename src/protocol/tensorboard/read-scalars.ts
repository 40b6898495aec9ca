import { packedVarints, protobufFields } from "./protobuf-fields.ts";

/** A scalar of an event file. */
export interface TensorboardScalar {
  readonly tag: string;
  readonly value: number;
}

/** The scalars of one `Event` message, and its step. */
export interface TensorboardEvent {
  readonly step: number;
  readonly scalars: readonly TensorboardScalar[];
}

/**
 * Decodes a `tensorflow.Event` (event.proto: 2 step, 5 summary), its `Summary` (summary.proto: 1 value; of it 1 tag, 2
 * simple_value, 8 tensor) and scalar tensors (tensor.proto). What is no scalar (images, histograms) is left out.
 */
export function readScalars(message: Buffer): TensorboardEvent {
  let step = 0;
  const scalars: TensorboardScalar[] = [];
  for (const { number, value } of protobufFields(message)) {
    if (number === 2 && typeof value === "bigint") step = Number(BigInt.asIntN(64, value));
    if (number !== 5 || typeof value === "bigint") continue;
    for (const field of protobufFields(value)) {
      const scalar = field.number === 1 && typeof field.value !== "bigint" ? readValue(field.value) : null;
      if (scalar !== null) scalars.push(scalar);
    }
  }
  return { step, scalars };
}

function readValue(message: Buffer): TensorboardScalar | null {
  let tag = "";
  let value: number | null = null;
  for (const field of protobufFields(message)) {
    if (typeof field.value === "bigint") continue;
    if (field.number === 1) tag = field.value.toString("utf8");
    if (field.number === 2 && field.value.length === 4) value = field.value.readFloatLE(0);
    if (field.number === 8) value = readTensor(field.value) ?? value;
  }
  return value === null ? null : { tag, value };
}

/** Bytes of one number by `DataType`: float, double, int32, int64. */
const CONTENT: Readonly<Record<number, readonly [size: number, read: (bytes: Buffer) => number]>> = {
  1: [4, (bytes) => bytes.readFloatLE(0)],
  2: [8, (bytes) => bytes.readDoubleLE(0)],
  3: [4, (bytes) => bytes.readInt32LE(0)],
  9: [8, (bytes) => Number(bytes.readBigInt64LE(0))],
};

/** The only number of a tensor (1 dtype, 4 content, 5 float_val, 6 double_val, 7 int_val, 10 int64_val); null for any other. */
function readTensor(message: Buffer): number | null {
  const fields = [...protobufFields(message)];
  const type = Number(fields.find(({ number }) => number === 1)?.value ?? 0);
  const content = CONTENT[type];
  for (const { number, value } of fields) {
    if (number === 7 || number === 10) return signed(value);
    if (typeof value === "bigint" || content === undefined || ![4, 5, 6].includes(number)) continue;
    if (value.length === content[0]) return content[1](value);
  }
  return null;
}

function signed(value: bigint | Buffer): number | null {
  const all = typeof value === "bigint" ? [value] : [...packedVarints(value)];
  return all.length === 1 ? Number(BigInt.asIntN(64, all[0]!)) : null;
}

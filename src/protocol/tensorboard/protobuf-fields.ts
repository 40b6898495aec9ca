/** One field of a protocol buffer message: a varint, or the bytes of anything else. */
export interface ProtobufField {
  readonly number: number;
  readonly value: bigint | Buffer;
}

/** The fields of a message in order; ends at the first byte that makes no sense. */
export function* protobufFields(bytes: Buffer): Generator<ProtobufField> {
  let at = 0;
  while (at < bytes.length) {
    const key = varint(bytes, at);
    if (key === null) return;
    const number = Number(key.value >> 3n);
    const field = fieldAt(bytes, key.end, Number(key.value & 7n));
    if (field === null) return;
    yield { number, value: field.value };
    at = field.end;
  }
}

/** Varints one behind another, as a packed field holds them. */
export function* packedVarints(bytes: Buffer): Generator<bigint> {
  for (let at = 0; at < bytes.length; ) {
    const read = varint(bytes, at);
    if (read === null) return;
    yield read.value;
    at = read.end;
  }
}

interface Read<T> {
  readonly value: T;
  readonly end: number;
}

function fieldAt(bytes: Buffer, at: number, wire: number): Read<bigint | Buffer> | null {
  if (wire === 0) return varint(bytes, at);
  if (wire === 1) return slice(bytes, at, 8);
  if (wire === 5) return slice(bytes, at, 4);
  if (wire !== 2) return null;
  const length = varint(bytes, at);
  return length === null ? null : slice(bytes, length.end, Number(length.value));
}

function slice(bytes: Buffer, at: number, length: number): Read<Buffer> | null {
  return at + length > bytes.length ? null : { value: bytes.subarray(at, at + length), end: at + length };
}

function varint(bytes: Buffer, at: number): Read<bigint> | null {
  let value = 0n;
  for (let shift = 0n; shift < 70n && at < bytes.length; shift += 7n) {
    const byte = bytes[at++]!;
    value |= BigInt(byte & 0x7f) << shift;
    if (byte < 0x80) return { value: BigInt.asUintN(64, value), end: at };
  }
  return null;
}

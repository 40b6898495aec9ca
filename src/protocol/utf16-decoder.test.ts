import { describe, expect, it } from "vitest";
import { Utf16Decoder } from "./utf16-decoder.ts";

function decoded(bytes: Buffer, size: number): string {
  const decoder = new Utf16Decoder();
  const chunks: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += size) chunks.push(decoder.decode(bytes.subarray(at, at + size)));
  return Buffer.concat([...chunks, decoder.end()]).toString("utf8");
}

describe("Utf16Decoder", () => {
  const text = "epoch 1 val_loss=0.31 größer 😀\r\n";

  it.each(["utf16le", "utf16be"])("makes UTF-8 of %s, with and without its mark, however it is cut", (encoding) => {
    for (const mark of ["\ufeff", ""]) {
      const bytes = Buffer.from(`${mark}${text}`, "utf16le");
      if (encoding === "utf16be") bytes.swap16();
      for (const size of [bytes.length, 1, 3]) expect(decoded(bytes, size)).toBe(text);
    }
  });

  it.each(["", "a", "ab\n", text, "\0\0\0\0", "größer", "\u00ff\u00fe"])("leaves %j alone", (other) => {
    for (const size of [100, 1, 3]) expect(decoded(Buffer.from(other), size)).toBe(other);
  });

  it("tells UTF-16 without a mark by zeros beside printable ASCII, tabs and line ends alone", () => {
    const borders = [0x08, 0x09, 0x0d, 0x0e, 0x1f, 0x20, 0x7e, 0x7f];
    const isTaken = (...bytes: readonly number[]): boolean => {
      const decoder = new Utf16Decoder();
      return Buffer.concat([decoder.decode(Buffer.from(bytes)), decoder.end()]).length === 2;
    };
    const taken = [false, true, true, false, false, true, true, false];
    expect(borders.map((byte) => isTaken(byte, 0, 0x41, 0))).toEqual(taken);
    expect(borders.map((byte) => isTaken(0x41, 0, byte, 0))).toEqual(taken);
    expect(borders.map((byte) => isTaken(0, byte, 0, 0x41))).toEqual(taken);
    expect(borders.map((byte) => isTaken(0, 0x41, 0, byte))).toEqual(taken);
    expect([isTaken(0x41, 1, 0x41, 0), isTaken(0x41, 0, 0x41, 1), isTaken(1, 0x41, 0, 0x41)]).toEqual([
      false,
      false,
      false,
    ]);
  });

  it("leaves bytes that are no text at all as they are", () => {
    const decoder = new Utf16Decoder();
    const bytes = Buffer.from([0x80, 0x00, 0xff, 0x41, 0xfe]);
    expect(Buffer.concat([decoder.decode(bytes), decoder.end()])).toEqual(bytes);
  });
});

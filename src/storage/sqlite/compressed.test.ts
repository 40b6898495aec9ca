import { describe, expect, it } from "vitest";
import { compress, decompress, decompressShared } from "./compressed.ts";

const TEXTS = ["", "a", "many of the same ".repeat(1_000), "x".repeat(5_000_000)];

function owned(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(bytes);
}

describe("compressed bytes", () => {
  it("come back as they were, few or many", () => {
    for (const text of TEXTS) {
      const bytes = new TextEncoder().encode(text);
      expect(Buffer.compare(decompress(compress(bytes)), bytes)).toBe(0);
      expect(Buffer.compare(decompressShared(owned(compress(bytes))), bytes)).toBe(0);
    }
  });

  it("can be read in memory that threads share, and leave none of their own behind", () => {
    const compressed = owned(compress(new Uint8Array(100_000)));
    const shared = decompressShared(compressed);
    expect(shared.buffer).toBeInstanceOf(SharedArrayBuffer);
    expect(compressed.buffer.detached).toBe(true);
    const million = owned(compress(new Uint8Array(1_000_000)));
    // What was decompressed besides the shared bytes counts as held until it is collected.
    const before = process.memoryUsage().arrayBuffers;
    const held = Array.from({ length: 50 }, () => decompressShared(million.slice()));
    const taken = held.reduce((sum, { length }) => sum + length, 0);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(1.2 * taken);
  });

  it("that nobody made are refused", () => {
    expect(() => decompress(Uint8Array.of(1, 2, 3))).toThrow(SyntaxError);
    expect(() => decompressShared(Uint8Array.of(1, 2, 3))).toThrow(SyntaxError);
  });
});

import { expect, it } from "vitest";
import { OutputNature } from "./output-nature.ts";

function isBinary(...chunks: readonly Buffer[]): boolean {
  const nature = new OutputNature();
  for (const chunk of chunks) nature.push(chunk);
  return nature.binary;
}

const text = (length: number): Buffer => Buffer.alloc(length, "a");
const zeros = (count: number): Buffer => Buffer.alloc(count);

it("takes three zero bytes for binary data, however they come, and two for text", () => {
  expect(isBinary()).toBe(false);
  expect(isBinary(zeros(2), text(9))).toBe(false);
  expect(isBinary(zeros(3))).toBe(true);
  expect(isBinary(Buffer.from("\0a\0b"))).toBe(false);
  expect(isBinary(Buffer.from("\0a\0b\0"))).toBe(true);
  expect(isBinary(Buffer.from("a\0b"), Buffer.from("c\0"), Buffer.from("\0d"))).toBe(true);
  expect(isBinary(Buffer.from("tschüß, naïve £"), text(100_000))).toBe(false);
});

it("looks at the first 64 KiB", () => {
  expect(isBinary(text(65_533), zeros(3))).toBe(true);
  expect(isBinary(text(65_534), zeros(3))).toBe(false);
  expect(isBinary(Buffer.concat([text(65_533), zeros(3)]))).toBe(true);
  expect(isBinary(Buffer.concat([text(65_534), zeros(9)]))).toBe(false);
  expect(isBinary(text(65_535), zeros(1), zeros(2))).toBe(false);
  expect(isBinary(text(30_000), text(35_536), zeros(9))).toBe(false);
  expect(isBinary(text(30_000), text(35_000), zeros(9))).toBe(true);
});

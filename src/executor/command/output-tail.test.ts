import { describe, expect, it } from "vitest";
import { OutputTail } from "./output-tail.ts";

function tailOf(...chunks: readonly string[]): string {
  const tail = new OutputTail();
  for (const chunk of chunks) tail.push(Buffer.from(chunk));
  return tail.text();
}

describe("OutputTail", () => {
  it("keeps the last ten lines as a terminal shows them", () => {
    const lines = Array.from({ length: 30 }, (_, i) => `line ${i}\n`);
    expect(tailOf(...lines).split("\n")).toEqual(Array.from({ length: 10 }, (_, i) => `line ${i + 20}`));
    expect(tailOf("10%\r50%\r100%\n\x1b[31mred\x1b[0m\r\n\n  \nend")).toBe("100%\nred\nend");
    expect(tailOf()).toBe("");
  });

  it("stays within 2 KiB whatever the chunks, and shows whole lines", () => {
    const all = Array.from({ length: 5_000 }, (_, i) => `number ${i}`).join("\n");
    const pieces = all.match(/[\s\S]{1,7}/g)!;
    expect(tailOf(...pieces)).toBe(tailOf(all));
    expect(tailOf(all).split("\n").at(-1)).toBe("number 4999");
    expect(tailOf("x".repeat(100_000)).length).toBeLessThanOrEqual(2_048);
    expect(tailOf("a\0b\x07")).toBe("a�b�");
  });
});

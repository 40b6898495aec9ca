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

  it("leaves out the line that it holds a part of, however the output came", () => {
    const [first, second] = ["a".repeat(1_500), "b".repeat(1_500)];
    for (const size of [1, 7, 100, 2_047, 2_048, 2_049, 9_000]) {
      const all = `${first}\n${second}\nend\n`;
      const pieces = Array.from({ length: Math.ceil(all.length / size) }, (_, k) =>
        all.slice(k * size, (k + 1) * size),
      );
      expect(tailOf(...pieces)).toBe(`${second}\nend`);
      // A line that alone is too long is shown as far as there is room.
      expect(tailOf(...(`${first}${second}`.match(new RegExp(`.{1,${size}}`, "g")) ?? []))).toHaveLength(2_048);
    }
    expect(tailOf("c".repeat(2_044), "\nend")).toBe(`${"c".repeat(2_044)}\nend`);
    expect(tailOf("c".repeat(2_045), "\nend")).toBe("end");
  });

  it("keeps no more than it needs of an output without end", () => {
    const tail = new OutputTail();
    for (let k = 0; k < 100; k++) tail.push(Buffer.from(`line ${k}\n`));
    tail.push(Buffer.from("last"));
    expect(tail.text().split("\n")).toEqual([...Array.from({ length: 9 }, (_, k) => `line ${k + 91}`), "last"]);
  });
});

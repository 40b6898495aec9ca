import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LineSplitter, MAX_LINE_BYTES } from "./line-splitter.ts";

/** The lines of a text in these pieces, and whatever a piece only has its edges looked at. */
function linesOf(pieces: readonly string[], blanks = false): readonly string[] {
  const lines: string[] = [];
  const splitter = new LineSplitter((line) => lines.push(line.toString("utf8")), blanks);
  for (const piece of pieces) splitter.push(Buffer.from(piece));
  splitter.end();
  return lines;
}

describe("LineSplitter", () => {
  it("cuts at line feeds and returns, and leaves out what is empty", () => {
    expect(linesOf(["a\nb\r\nc\rd\n\n\ne"])).toEqual(["a", "b", "c", "d", "e"]);
    expect(linesOf(["\n"])).toEqual([]);
    expect(linesOf([""])).toEqual([]);
  });

  it("hands on empty lines where they are wanted: one for a pair of line feeds, none within a return and a feed", () => {
    expect(linesOf(["a\n\nb\r\n\r\nc\r\rd\n\r\n"], true)).toEqual(["a", "", "b", "", "c", "d", ""]);
    expect(linesOf(["a\r", "\nb\r", "\n\r", "\n"], true)).toEqual(["a", "b", ""]);
    expect(linesOf(["\n\na"], true)).toEqual(["", "", "a"]);
  });

  it("gives the same lines however the bytes come, and none of them lost", () => {
    const text = fc.array(fc.constantFrom("a", "0.5", " ", "\n", "\r", "\r\n", "ü", "—"), { maxLength: 40 });
    fc.assert(
      fc.property(text, fc.boolean(), fc.array(fc.nat(40)), (parts, blanks, cuts) => {
        const bytes = Buffer.from(parts.join(""));
        const places = [0, ...cuts.filter((at) => at < bytes.length).sort((a, b) => a - b), bytes.length];
        const lines: Buffer[] = [];
        const splitter = new LineSplitter((line) => lines.push(Buffer.from(line)), blanks);
        for (const [k, at] of places.slice(1).entries()) splitter.push(bytes.subarray(places[k], at));
        splitter.end();
        expect(lines.map(String)).toEqual(linesOf([bytes.toString()], blanks));
        if (!blanks)
          expect(lines.map(String)).toEqual(
            parts
              .join("")
              .split(/\r\n|\r|\n/)
              .filter((line) => line !== ""),
          );
      }),
    );
  });

  it("cuts what is too long behind a blank, else at the most that is read as a whole", () => {
    const long = `${"x".repeat(MAX_LINE_BYTES - 3)} 0.5 and more`;
    for (const pieces of [[long], [long.slice(0, 70), long.slice(70)], [...long.match(/.{1,9999}/g)!]])
      expect(linesOf(pieces).map((line) => line.length)).toEqual([MAX_LINE_BYTES - 2, 12]);
    const endless = "y".repeat(2 * MAX_LINE_BYTES + 5);
    expect(linesOf([endless, "\nz"]).map((line) => line.length)).toEqual([MAX_LINE_BYTES, MAX_LINE_BYTES, 5, 1]);
    expect(linesOf(["z".repeat(MAX_LINE_BYTES)]).length).toBe(1);
    expect(MAX_LINE_BYTES).toBe(64 * 1024);
    expect(linesOf([` ${endless}`])[0]!.length).toBe(MAX_LINE_BYTES);
  });

  it("holds what has no end yet, also when its chunk is written over", () => {
    const lines: string[] = [];
    const splitter = new LineSplitter((line) => lines.push(line.toString()));
    const chunk = Buffer.from("a\nloss=0.");
    splitter.push(chunk);
    chunk.fill(0);
    expect(splitter.held().toString()).toBe("loss=0.");
    splitter.push(Buffer.from("5\n"));
    expect(lines).toEqual(["a", "loss=0.5"]);
    expect(splitter.held().length).toBe(0);
  });

  describe("pushEdges", () => {
    const edges = (before: string, chunk: string, needAll: boolean) => {
      const lines: string[] = [];
      const splitter = new LineSplitter((line) => lines.push(line.toString()));
      splitter.push(Buffer.from(before));
      splitter.pushEdges(Buffer.from(chunk), () => needAll);
      return { lines, held: splitter.held().toString() };
    };

    it("gives the first line and keeps the beginning of the last one", () => {
      expect(edges("lo", "ss\nb\nc\nd", false)).toEqual({ lines: ["loss"], held: "d" });
      expect(edges("lo", "ss\rb\rcd", false)).toEqual({ lines: ["loss"], held: "cd" });
      expect(edges("", "a\n", false)).toEqual({ lines: ["a"], held: "" });
      expect(edges("", "a\nb\n", false)).toEqual({ lines: ["a"], held: "" });
    });

    it("gives all where the first line makes the others matter", () => {
      expect(edges("lo", "ss\nb\nc\nd", true)).toEqual({ lines: ["loss", "b", "c"], held: "d" });
    });

    it("holds a chunk that is a part of a line", () => {
      expect(edges("lo", "ss", false)).toEqual({ lines: [], held: "loss" });
    });
  });
});

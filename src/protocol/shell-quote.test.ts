import { spawnSync } from "node:child_process";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { printableCommand } from "./printable-command.ts";
import { quoteCommand, quoteWord } from "./shell-quote.ts";

const said = (line: string): string => spawnSync("sh", ["-c", line], { encoding: "utf8" }).stdout;
const WORDS = fc.array(
  fc
    .array(
      fc.oneof(
        fc.string({ unit: "grapheme" }),
        fc.constantFrom("\u001b[31m", "\u202e", "\t", "\r", "'", "\u0001", "\n", "%s\\n"),
      ),
    )
    .map((parts) => parts.join("").replaceAll("\0", "")),
  { minLength: 1, maxLength: 20 },
);

describe("quoteWord", () => {
  it.each([
    ["it's", "'it'\\''s'"],
    ["a\u001bb", `'a'"$(printf '\\033')"'b'`],
    ["\u202e", `"$(printf '\\342\\200\\256')"`],
  ])("writes %j", (text, quoted) => expect(quoteWord(text)).toBe(quoted));

  it("is read back by the shell as it was, and holds nothing that a terminal obeys", () => {
    fc.assert(
      fc.property(WORDS, (words) => {
        const line = quoteCommand(["printf", "%s\\001", ...words]);
        expect(line).not.toMatch(/[\0-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/);
        expect(said(line)).toBe(words.map((word) => `${word}\u0001`).join(""));
      }),
      { numRuns: 30 },
    );
  });
});

describe("printableCommand", () => {
  it("keeps a text for the shell, and hands over one that a terminal would obey", () => {
    expect(printableCommand({ shell: "echo a | cat" })).toBe("echo a | cat");
    const line = printableCommand({ shell: "printf '%s' 'a\u001b[31mb'\tc" });
    expect(line).not.toMatch(/[\u001b\t]/);
    expect(said(line)).toBe("a\u001b[31mbc");
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createPaint, displayWidth, ownStyle, shownLine, visibleText, wrapWords } from "./text.ts";

/** Any text, with many of what terminals obey. */
const HOSTILE = fc
  .array(
    fc.oneof(
      fc.string({ unit: "binary" }),
      fc.constantFrom(
        "\u001b[31m",
        "\u001b]52;c;eA\u0007",
        "\u009b2J",
        "\u202e",
        "\u2066",
        "\r",
        "\t",
        "\u0000",
        "\u007f",
      ),
    ),
  )
  .map((parts) => parts.join(""));
/** All that may not reach a terminal, tabs and carriage returns included. */
const OBEYED = /[\0-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/;

describe("visibleText", () => {
  it.each([
    ["\u001b]52;c;eA\u0007", "\\x1b]52;c;eA\\x07"],
    ["a\u202etxt.exe\u202c", "a\\u202etxt.exe\\u202c"],
    ["\u009b31m", "\\x9b31m"],
    ["a\tb\rc\nd", "a    b\\x0dc\nd"],
    ["größer 数 😀 ½", "größer 数 😀 ½"],
  ])("shows %j", (text, shown) => expect(visibleText(text)).toBe(shown));

  it("lets nothing through that a terminal obeys, and changes no other character", () => {
    fc.assert(
      fc.property(HOSTILE, (text) => {
        const shown = visibleText(text);
        expect(shown).not.toMatch(OBEYED);
        if (!OBEYED.test(text)) expect(shown).toBe(text);
        expect(visibleText(shown)).toBe(shown);
      }),
    );
  });
});

describe("shownLine", () => {
  const { red, bold } = createPaint(true);

  it("keeps the tuner's own colours and none of a text", () => {
    expect(shownLine(`${red("bad")} ${bold("\u001b[31mx\u001b[0m")}`)).toBe(
      "\u001b[31mbad\u001b[39m \u001b[1m\\x1b[31mx\\x1b[0m\u001b[22m",
    );
    expect(shownLine(`${ownStyle(31).replace(/;\d+/, ";123456789012")}x`)).toContain("\\x1b[31;123456789012m");
  });

  it("is as wide as is counted before, whatever is in it", () => {
    fc.assert(
      fc.property(HOSTILE, (text) => {
        const line = text.replaceAll("\n", "");
        expect(shownLine(red(line)).replace(/\u001b\[\d+m/g, "")).not.toMatch(OBEYED);
        expect(displayWidth(red(line))).toBe(displayWidth(visibleText(line)));
      }),
    );
  });
});

describe("wrapWords", () => {
  it("folds between words", () => {
    expect(wrapWords("one two three", 7)).toEqual(["one two", "three"]);
    expect(wrapWords("one two three", Number.POSITIVE_INFINITY)).toEqual(["one two three"]);
    expect(wrapWords("extraordinary is", 5)).toEqual(["extraordinary", "is"]);
  });
});

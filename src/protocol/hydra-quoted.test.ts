import fc from "fast-check";
import { expect, it } from "vitest";
import { hydraQuoted } from "./hydra-quoted.ts";

/** As Hydra reads what stands between quotes: of backslashes before a quote, or at the end, each second one is gone. */
function read(text: string, quote: "'" | '"'): string {
  const inside = /^(?:[^'"\\]|\\+(?!\\)|["'])*$/.exec(text);
  expect(inside).not.toBeNull();
  return text.replace(/(\\*)(['"]|$)/g, (found, slashes: string, mark: string) => {
    if (mark !== quote && mark !== "") return found;
    expect([mark, slashes.length % 2]).toEqual([mark, mark === "" ? 0 : 1]);
    return "\\".repeat(Math.floor(slashes.length / 2)) + mark;
  });
}

it("is read back, and no quote in it ends it", () => {
  const text = fc.string({ unit: fc.constantFrom("\\", "'", '"', "a", "é") });
  fc.assert(
    fc.property(text, fc.constantFrom("'" as const, '"' as const), (given, quote) => {
      expect(read(hydraQuoted(given, quote), quote)).toBe(given);
    }),
  );
});

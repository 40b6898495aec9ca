import fc from "fast-check";
import { expect, it } from "vitest";
import { oneLine } from "./one-line.ts";

it.each([
  ["a  b", "a  b"],
  ["a \n b", "a b"],
  ["a\r\n\r\nb", "a b"],
  ["a\t\tb", "a  b"],
  ["a \t b", "a   b"],
  ["a\u2028b\u00a0c", "a\u2028b\u00a0c"],
  ["", ""],
])("makes one line of %j", (text, line) => expect(oneLine(text)).toBe(line));

it("leaves no line break and no tab, and a text without them as it is", () => {
  const text = fc.string({ unit: fc.constantFrom("a", " ", "\t", "\n", "\r", "\v", "\u00a0") });
  fc.assert(
    fc.property(text, (given) => {
      const line = oneLine(given);
      expect(line).not.toMatch(/[\t\r\n]/);
      if (!/[\t\r\n]/.test(given)) expect(line).toBe(given);
      expect(oneLine(line)).toBe(line);
    }),
  );
});

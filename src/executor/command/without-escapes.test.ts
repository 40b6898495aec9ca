import fc from "fast-check";
import { expect, it } from "vitest";
import { withoutEscapes } from "./without-escapes.ts";

it("gives the plain text, and where each of its characters stood", () => {
  const piece = fc.oneof(
    fc.record({ plain: fc.constant(""), whole: fc.constantFrom("\x1b[1;31m", "\x1b]0;title\x07", "\b", "\x1bM") }),
    fc.string({ minLength: 1, maxLength: 4 }).map((text) => ({ plain: text, whole: text })),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const whole = pieces.map((each) => each.whole).join("");
      const { plain, offsets } = withoutEscapes(whole);
      expect(plain).toBe(pieces.map((each) => each.plain).join(""));
      for (let at = 0; at < plain.length; at++) expect(whole[offsets(at)]).toBe(plain[at]);
      const places = Array.from(plain, (_, at) => offsets(at));
      expect(places).toEqual([...new Set(places)].sort((a, b) => a - b));
    }),
  );
});

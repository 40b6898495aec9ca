import fc from "fast-check";
import { expect, it } from "vitest";
import { encodeValues } from "./encode-values.ts";
import { encodeNumber } from "./encoded-number.ts";

it("encodes each own value, whatever it is and is called, in its order, and leaves what it got alone", () => {
  const name = fc.oneof(fc.constantFrom("loss", "__proto__", "constructor", "7"), fc.string());
  fc.assert(
    fc.property(fc.array(fc.tuple(name, fc.double())), (entries) => {
      const values = Object.fromEntries(entries);
      const before = Object.entries(values);
      const encoded = encodeValues(values);
      expect(Object.entries(encoded)).toEqual(before.map(([key, value]) => [key, encodeNumber(value)]));
      expect(Object.entries(values)).toEqual(before);
      expect(encoded).not.toBe(values);
    }),
  );
});

it("takes nothing that an object inherits", () => {
  const values = Object.assign(Object.create({ inherited: 1 }) as Record<string, number>, { own: Number.NaN });
  expect(encodeValues(values)).toEqual({ own: "NaN" });
});

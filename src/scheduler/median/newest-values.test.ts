import fc from "fast-check";
import { expect, it } from "vitest";
import { encodeNumber } from "../../trial/encoded-number.ts";
import type { Values } from "../../trial/trial.ts";
import { NewestValues } from "./newest-values.ts";

const valuesOf = (loss: number | null): Values => (loss === null ? {} : { loss: encodeNumber(loss) });

it("answers what looking through all reports does, in whatever order the steps came", () => {
  const value = fc.oneof(fc.double(), fc.constant(null));
  const entries = fc.array(fc.tuple(fc.integer({ min: 0, max: 20 }), value));
  fc.assert(
    fc.property(entries, fc.boolean(), fc.nat(22), fc.option(entries), (drawn, inOrder, at, other) => {
      const rows = inOrder ? drawn.toSorted(([a], [b]) => a - b) : drawn;
      const reports = rows.map(([step, loss], seq) => ({ seq, step, values: valuesOf(loss) }));
      // Of the same steps, or of others.
      const early = (other ?? drawn).map(([step], seq) => ({ seq, step, values: valuesOf(seq) }));
      const newest = new NewestValues(reports, "loss", new NewestValues(early, "loss"));
      expect(newest.by(at)).toBe(rows.findLast(([step, loss]) => step <= at && loss !== null)?.[1] ?? undefined);
    }),
  );
});

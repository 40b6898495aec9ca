import fc from "fast-check";
import { expect, it } from "vitest";
import { compareValues } from "../objective/index.ts";
import { encodeNumber } from "../trial/encoded-number.ts";
import type { Values } from "../trial/trial.ts";
import { MetricTrack } from "./metric-track.ts";

const value = fc.oneof(fc.double(), fc.constant(null));

const valuesOf = (loss: number | null): Values => (loss === null ? {} : { loss: encodeNumber(loss) });

it("answers what looking through all reports does", () => {
  const entries = fc.array(fc.tuple(fc.integer({ min: 0, max: 20 }), value));
  fc.assert(
    fc.property(entries, fc.boolean(), fc.boolean(), fc.nat(22), (drawn, inOrder, smaller, at) => {
      const rows = inOrder ? drawn.toSorted(([a], [b]) => a - b) : drawn;
      const direction = smaller ? "minimize" : "maximize";
      const reports = rows.map(([step, loss], seq) => ({ seq, step, values: valuesOf(loss) }));
      const track = new MetricTrack(reports.slice(0, at), { name: "loss", direction });
      expect(track.follow(reports)).toBe(true);
      const known = rows.slice(0, at + 1).flatMap(([, loss]) => (loss !== null && Number.isFinite(loss) ? [loss] : []));
      expect(track.bestBy(at)).toBe(known.toSorted((a, b) => compareValues(a, b, direction))[0] ?? Number.NaN);
    }),
  );
});

it("follows no list that does not go on from the one before", () => {
  const reports = [3, 2, 1].map((loss, seq) => ({ seq, step: seq, values: { loss } }));
  const track = new MetricTrack(reports, { name: "loss", direction: "minimize" });
  expect(track.follow(reports.map((report) => ({ ...report })))).toBe(false);
  expect(track.follow(reports.slice(0, 2))).toBe(false);
  expect(track.bestBy(9)).toBe(1);
});

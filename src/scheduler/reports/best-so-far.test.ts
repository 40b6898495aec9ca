import fc from "fast-check";
import { expect, it } from "vitest";
import { encodeNumber } from "../../trial/encoded-number.ts";
import { ReportsAt } from "../../trial/history/reports-at.ts";
import { ReportList } from "../../trial/table/report-list.ts";
import { BestSoFar } from "./best-so-far.ts";

const step = fc.oneof(fc.integer({ min: 0, max: 9 }), fc.constantFrom(0.5, 4e9));
const value = fc.oneof(fc.integer({ min: 0, max: 5 }), fc.double());
const told = fc.array(fc.tuple(step, value), { maxLength: 30 });

it("has the best up to a step of what was told there last: what was overwritten or lies behind the step does not count", () => {
  fc.assert(
    fc.property(told, fc.constantFrom(-1, 1), fc.integer({ min: 1, max: 3 }), (all, sign, smooth) => {
      const list = new ReportList();
      const direction = sign === 1 ? ("minimize" as const) : ("maximize" as const);
      const best = new BestSoFar({ name: "loss", direction }, { smooth });
      const steps = new Map<number, number>();
      for (const [k, [at, loss]] of all.entries()) {
        list.push({ step: at, values: { loss: encodeNumber(loss) } }, k + 1);
        best.read(new ReportsAt(list, k + 1), k + 1);
        steps.set(at, loss);
        const known = [...steps].filter(([other]) => other <= at).sort(([a], [b]) => a - b);
        const means = known.map((_, place) => {
          const newest = known.slice(Math.max(0, place - smooth + 1), place + 1);
          return newest.reduce((sum, [, one]) => sum + one, 0) / newest.length;
        });
        const finite = means.filter(Number.isFinite).map((one) => sign * one);
        const found = best.upTo(best.values.placeOf(at));
        expect(found < 0 ? null : sign * best.at(found)).toBe(finite.length === 0 ? null : Math.min(...finite));
      }
    }),
  );
});

it("asks for more than a little where it is told to", () => {
  const list = new ReportList();
  for (const [k, loss] of [5, 4.6, 4.4, 4.2, 3.8].entries()) list.push({ step: k, values: { loss } }, k + 1);
  const best = new BestSoFar({ name: "loss", direction: "minimize" }, { delta: 0.5 });
  best.read(new ReportsAt(list, 5), 5);
  expect([0, 1, 2, 3, 4].map((place) => best.upTo(place))).toEqual([0, 0, 2, 2, 4]);
});

import fc from "fast-check";
import { expect, it } from "vitest";
import { rankResults } from "../../many/rank-results.ts";
import type { StepResult } from "../../many/step-result.ts";
import type { RungResult } from "../rung-course.ts";
import { FrontOrder } from "./front-order.ts";

const place = fc.oneof({ weight: 8, arbitrary: fc.integer({ min: 0, max: 5 }) }, fc.constant(Number.NaN));
const course = fc.array(
  fc.record({ point: fc.tuple(place, place), waits: fc.boolean(), again: fc.integer({ min: 0, max: 12 }) }),
  { minLength: 1, maxLength: 25 },
);

it("answers as an order that is made anew each time would, results that came twice and worthless ones among them", () => {
  fc.assert(
    fc.property(course, (steps) => {
      const held = new Map<RungResult, StepResult>();
      const made = (trial: number, point: readonly number[]): RungResult => {
        const result = { trial, value: point[0]!, step: 1 } as unknown as RungResult;
        held.set(result, { trial, point, told: {}, params: {} });
        return result;
      };
      const order = new FrontOrder({ limits: [], version: () => "", stepResult: (result) => held.get(result)! });
      const there = new Map<number, RungResult>();
      const waiting = new Set<number>();
      const ranked = (results: Iterable<RungResult>) =>
        rankResults(
          [...results].map((one) => held.get(one)!),
          [],
        );
      for (const [k, { point, waits, again }] of steps.entries()) {
        // Numbers come in no order; now and then one comes a second time.
        const trial = again === 0 && k > 0 ? [...there.keys()][0]! : (k * 7) % 26;
        const result = made(trial, point);
        const others = [...there.values()].filter((one) => one.trial !== trial);
        const after = ranked([...others, result]).map((one) => one.trial);
        expect(order.placeOf(result)).toMatchObject({ better: after.indexOf(trial), others: others.length });
        order.add(result);
        there.set(trial, result);
        if (waits) {
          order.wait(trial);
          waiting.add(trial);
        }
        const now = ranked(there.values());
        expect(order.first).toBe(there.get(now[0]!.trial));
        const first = now.find((one) => waiting.has(one.trial));
        expect(order.firstWaiting).toBe(first === undefined ? undefined : there.get(first.trial));
        const own = now.find((one) => one.trial === trial)!;
        expect(order.placeOf(result).note).toBe(own.front < 0 ? "" : `on front ${own.front + 1}`);
        expect([...order].map((one) => one.trial)).toEqual(now.map((one) => one.trial));
      }
    }),
  );
});

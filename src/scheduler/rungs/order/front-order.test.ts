import fc from "fast-check";
import { expect, it } from "vitest";
import { compileLimits } from "../../../objective/index.ts";
import { rankResults } from "../../many/rank-results.ts";
import type { StepResult } from "../../many/step-result.ts";
import type { RungResult } from "../rung-course.ts";
import { FrontOrder } from "./front-order.ts";

const place = fc.oneof({ weight: 8, arbitrary: fc.integer({ min: 0, max: 5 }) }, fc.constant(Number.NaN));
const ms = fc.oneof({ weight: 6, arbitrary: fc.integer({ min: 0, max: 40 }) }, fc.constantFrom(Number.NaN, null));
const step = fc.record({
  point: fc.tuple(place, place),
  ms,
  bytes: ms,
  waits: fc.boolean(),
  again: fc.integer({ min: 0, max: 12 }),
  /** What ms stands for its end by from now on. */
  factor: fc.oneof({ weight: 5, arbitrary: fc.constant(null) }, fc.constantFrom(0.5, 1, 2, 3)),
});
const course = fc.record({
  limits: fc.constantFrom<readonly string[]>(
    [],
    ["ms <= 20"],
    ["ms <= 9 or bytes <= 9", "bytes <= 30"],
    ["ms == 20 within 5 and bytes >= 8"],
    ["ms <= -1"],
  ),
  objectives: fc.constantFrom(1, 2),
  steps: fc.array(step, { minLength: 1, maxLength: 25 }),
});

it("answers as an order that is made anew each time would, whatever came twice, is worth nothing, breaks limits or stands for another end by now", () => {
  fc.assert(
    fc.property(course, ({ limits: texts, objectives, steps }) => {
      const limits = compileLimits(texts);
      const held = new Map<RungResult, StepResult>();
      let factor = 1;
      const made = (trial: number, { point, ms, bytes }: (typeof steps)[number]): RungResult => {
        const result = { trial, value: point[0], step: 1 } as unknown as RungResult;
        const told = { ...(ms !== null && { ms }), ...(bytes !== null && { bytes }) };
        held.set(result, { trial, point: point.slice(0, objectives), told, params: {} });
        return result;
      };
      const stepResult = (result: RungResult): StepResult => {
        const { told, ...rest } = held.get(result)!;
        return { ...rest, told: { ...told, ...("ms" in told && { ms: told.ms! * factor }) } };
      };
      const order = new FrontOrder({ limits, version: () => `${factor}`, stepResult });
      const there = new Map<number, RungResult>();
      const waiting = new Set<number>();
      const ranked = (results: Iterable<RungResult>) => rankResults([...results].map(stepResult), limits);
      for (const [k, drawn] of steps.entries()) {
        // Numbers come in no order; now and then one comes a second time.
        const trial = drawn.again === 0 && k > 0 ? [...there.keys()][0]! : (k * 7) % 26;
        const result = made(trial, drawn);
        const others = [...there.values()].filter((one) => one.trial !== trial);
        const after = ranked([...others, result]);
        const own = after.find((one) => one.trial === trial)!;
        const broken = own.broken.map((text) => JSON.stringify(text)).join(", ");
        const note = broken !== "" ? `breaks ${broken}` : own.front < 0 ? "" : `on front ${own.front + 1}`;
        const wanted = { better: after.indexOf(own), others: others.length, note };
        expect(order.placeOf(result)).toEqual(wanted);
        const ahead = after.filter(({ tier }) => tier < own.tier).length;
        expect(order.countAhead(result)).toBe(ahead);
        order.add(result);
        expect(order.countAhead(result)).toBe(ahead);
        expect(order.placeOf(result)).toEqual(wanted);
        there.set(trial, result);
        factor = drawn.factor ?? factor;
        if (drawn.waits) {
          order.wait(trial);
          waiting.add(trial);
        }
        if (drawn.again === 1) {
          order.leave(trial);
          waiting.delete(trial);
        }
        const now = ranked(there.values());
        expect(order.first).toBe(there.get(now[0]!.trial));
        const first = now.find((one) => waiting.has(one.trial));
        expect(order.firstWaiting).toBe(first === undefined ? undefined : there.get(first.trial));
        const middle = there.get([...there.keys()][k >> 1] ?? trial)!;
        expect(order.placeOf(middle).better).toBe(now.findIndex((one) => one.trial === middle.trial));
        expect([...order].map((one) => one.trial)).toEqual(now.map((one) => one.trial));
        expect(order.length).toBe(there.size);
      }
    }),
  );
});

it("makes fronts of those alone that keep the limits now, and looks at all others as they stood", () => {
  const looked: number[] = [];
  let version = "1";
  const stepResult = ({ trial }: RungResult): StepResult => {
    looked.push(trial);
    return { trial, point: [trial, -trial], told: { ms: trial }, params: {} };
  };
  const order = new FrontOrder({ limits: compileLimits(["ms <= 40"]), version: () => version, stepResult });
  const results = Array.from(
    { length: 100 },
    (_none, trial) => ({ trial, value: 0, step: 1 }) as unknown as RungResult,
  );
  for (const result of results) order.add(result);
  looked.length = 0;
  expect([order.placeOf(results[7]!).better < 41, order.placeOf(results[99]!).better, order.first]).toEqual([
    true,
    99,
    results[0],
  ]);
  expect(looked).toEqual([]);
  version = "2";
  expect(order.placeOf(results[41]!).better).toBe(41);
  expect(looked).toHaveLength(100);
});

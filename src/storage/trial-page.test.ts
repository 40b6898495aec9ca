import fc from "fast-check";
import { expect, it } from "vitest";
import type { Trial, TrialState } from "../trial/trial.ts";
import { type TrialQuery, trialPage } from "./trial-page.ts";

const STATES = ["waiting", "running", "complete", "failed"] as const satisfies readonly TrialState[];

/** Some are marked invalid, some were and are no more. */
const trials: readonly Trial[] = Array.from({ length: 23 }, (_, number) => {
  const mark = { from: 5, to: number % 6 === 0 ? 9 : null, reason: "" };
  const invalid = number % 3 === 0 ? [{ ...mark, to: 7 }, mark] : [];
  return { number, state: STATES[number % 4], invalid } as unknown as Trial;
});

const moment = { count: trials.length, revision: 77 };
const page = (query: TrialQuery) => trialPage(query, moment, (number) => trials[number]!);
const numbers = (query: TrialQuery) => page(query)?.trials.map(({ number }) => number);

function asked({ newestFirst, states, invalid }: Omit<TrialQuery, "limit">): readonly number[] {
  const found = trials
    .filter(({ state }) => states === undefined || states.includes(state))
    .filter((trial) => invalid === undefined || invalid === (trial.invalid.at(-1)?.to === null))
    .map(({ number }) => number);
  return newestFirst ? found.reverse() : found;
}

it("leads through all that is asked for, page by page, in either order", () => {
  const query = fc.record(
    {
      newestFirst: fc.boolean(),
      states: fc.uniqueArray(fc.constantFrom<TrialState>(...STATES), { maxLength: 3 }),
      invalid: fc.boolean(),
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(query, fc.integer({ min: 1, max: 25 }), (wanted, limit) => {
      const seen: number[] = [];
      let after: number | undefined;
      for (let pages = 0; pages < 30; pages++) {
        const { trials: some, next, revision } = page({ ...wanted, limit, ...(after !== undefined && { after }) })!;
        expect(revision).toBe(77);
        seen.push(...some.map(({ number }) => number));
        // A page that another follows is full, and another one has something.
        if (next === null) break;
        expect(some.length).toBe(limit);
        expect(next).toBe(some.at(-1)?.number);
        expect(seen.length).toBeLessThan(asked(wanted).length);
        after = next;
      }
      expect(seen).toEqual(asked(wanted));
    }),
  );
});

it("begins behind the number that it is given, whether that trial is there or not", () => {
  expect(numbers({ limit: 3, after: 4 })).toEqual([5, 6, 7]);
  expect(numbers({ limit: 3, after: 4, newestFirst: true })).toEqual([3, 2, 1]);
  expect(numbers({ limit: 3, after: 0, newestFirst: true })).toEqual([]);
  expect(numbers({ limit: 3, after: 22 })).toEqual([]);
  expect(numbers({ limit: 3, after: 500 })).toEqual([]);
  expect(numbers({ limit: 3, after: 500, newestFirst: true })).toEqual([22, 21, 20]);
  expect(trialPage({ limit: 3 }, { count: 0, revision: 1 }, () => null)).toEqual({
    trials: [],
    next: null,
    revision: 1,
  });
});

it("is none where a trial is not known here", () => {
  const find = (number: number): Trial | null => (number === 4 ? null : trials[number]!);
  expect(trialPage({ limit: 3 }, moment, find)?.next).toBe(2);
  expect(trialPage({ limit: 4 }, moment, find)).toBeNull();
});

it("refuses a limit and a place that are none, and takes the largest", () => {
  for (const limit of [0, -1, 10_001, 1.5, Number.NaN])
    expect(() => page({ limit })).toThrow(`A page has 1 to 10000 trials; ${limit} were asked for.`);
  for (const after of [-1, 0.5, Number.NaN])
    expect(() => page({ limit: 1, after })).toThrow(`A page comes after the number of a trial; it was given ${after}.`);
  expect(numbers({ limit: 10_000 })).toHaveLength(23);
  expect(numbers({ limit: 1, after: 0 })).toEqual([1]);
});

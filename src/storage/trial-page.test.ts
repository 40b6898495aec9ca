import fc from "fast-check";
import { expect, it } from "vitest";
import type { Trial, TrialState } from "../trial/trial.ts";
import { KnownOrder } from "./known-order.ts";
import type { StudyOutline } from "./study-outline.ts";
import { type TrialLookup, type TrialQuery, trialPage } from "./trial-page.ts";

const STATES = ["waiting", "running", "complete", "failed"] as const satisfies readonly TrialState[];

/** Some are marked invalid, some were and are no more. */
const trials: readonly Trial[] = Array.from({ length: 23 }, (_, number) => {
  const mark = { from: 5, to: number % 6 === 0 ? 9 : null, reason: "" };
  const invalid = number % 3 === 0 ? [{ ...mark, to: 7 }, mark] : [];
  return { number, state: STATES[number % 4], invalid } as unknown as Trial;
});

/** Losses that are equal here and there, missing or NaN, and parameters that not all have. */
const LOSSES = [1, 2, 1, undefined, "NaN", 0, 3] as const;
const measured: readonly Trial[] = trials.map((trial, number) => {
  const loss = LOSSES[number % LOSSES.length];
  const params = number % 4 === 0 ? {} : { x: number % 5 };
  return { ...trial, params, values: loss === undefined ? {} : { loss } } as unknown as Trial;
});
const outline = {
  definition: { metrics: [{ name: "loss", direction: "minimize" }] },
  spaces: [
    { version: 1, revision: 1, value: { version: 1, parameters: [{ name: "x", type: "int", low: 0, high: 4 }] } },
  ],
  measured: [],
} as unknown as StudyOutline;

const moment = { count: trials.length, revision: 77 };
const lookup = (find: (number: number) => Trial | null, outline: StudyOutline | null = null): TrialLookup => {
  return { ...moment, outline: () => outline, view: find, trial: find };
};
const page = (query: TrialQuery) =>
  trialPage(
    query,
    lookup((number) => trials[number]!),
  );
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
  expect(trialPage({ limit: 3 }, { ...lookup(() => null), count: 0, revision: 1 })).toEqual({
    trials: [],
    next: null,
    revision: 1,
  });
});

it("is none where a trial is not known here", () => {
  const find = (number: number): Trial | null => (number === 4 ? null : trials[number]!);
  expect(trialPage({ limit: 3 }, lookup(find))?.next).toBe(2);
  expect(trialPage({ limit: 4 }, lookup(find))).toBeNull();
  expect(trialPage({ limit: 1, where: "trial == 0" }, lookup(find))).toBeNull();
  expect(trialPage({ limit: 1, order: [{ field: "trial" }] }, lookup(find, outline))).toBeNull();
  expect(trialPage({ limit: 1, order: [{ field: "trial" }], after: 4 }, lookup(find, outline))).toBeNull();
});

it("refuses a limit and a place that are none, and takes the largest", () => {
  for (const limit of [0, -1, 10_001, 1.5, Number.NaN])
    expect(() => page({ limit })).toThrow(`A page has 1 to 10000 trials; ${limit} were asked for.`);
  for (const after of [-1, 0.5, Number.NaN])
    expect(() => page({ limit: 1, after })).toThrow(`A page comes after the number of a trial; it was given ${after}.`);
  expect(numbers({ limit: 10_000 })).toHaveLength(23);
  expect(numbers({ limit: 1, after: 0 })).toEqual([1]);
});

it("leads through those that fit an expression, in the order of fields, page by page", () => {
  const wheres = fc.constantFrom(undefined, "x >= 2", "loss < 2 and not invalid", "state == 'complete'", "trial > 90");
  const order = fc.array(
    fc.record({ field: fc.constantFrom("loss", "x", "state", "trial"), descending: fc.boolean() }),
    { maxLength: 3 },
  );
  const rank = (value: unknown): number => (typeof value === "number" && !Number.isNaN(value) ? value : Number.NaN);
  const known = (trial: Trial, field: string): number | string | undefined => {
    if (field === "trial") return trial.number;
    if (field === "state") return trial.invalid.at(-1)?.to === null ? "invalid" : trial.state;
    return field === "x" ? (trial.params.x as number) : rank(trial.values.loss);
  };
  const fits = (trial: Trial, where: string | undefined): boolean => {
    const loss = rank(trial.values.loss);
    if (where === "x >= 2") return (trial.params.x as number) >= 2;
    if (where === "loss < 2 and not invalid") return loss < 2 && known(trial, "state") !== "invalid";
    if (where === "state == 'complete'") return known(trial, "state") === "complete";
    return where === undefined;
  };
  fc.assert(
    fc.property(wheres, order, fc.integer({ min: 1, max: 9 }), fc.boolean(), (where, keys, limit, remembers) => {
      const remembered = remembers ? { known: { order: new KnownOrder(), of: "s" } } : {};
      const none = (value: unknown): boolean => value === undefined || Number.isNaN(value);
      const expected = measured
        .filter((trial) => fits(trial, where))
        .toSorted((a, b) => {
          for (const { field, descending } of keys) {
            const [left, right] = [known(a, field), known(b, field)];
            if (none(left) !== none(right)) return none(left) ? 1 : -1;
            if (none(left) || left === right) continue;
            return left! < right! !== descending ? -1 : 1;
          }
          return a.number - b.number;
        });
      const seen: number[] = [];
      let after: number | null = null;
      for (let pages = 0; pages < 30; pages++) {
        const query: TrialQuery = { limit, order: keys, ...(where && { where }), ...(after !== null && { after }) };
        const found = trialPage(query, { ...lookup((number) => measured[number]!, outline), ...remembered })!;
        seen.push(...found.trials.map(({ number }) => number));
        after = found.next;
        if (after === null) break;
        expect(found.trials).toHaveLength(limit);
      }
      expect(seen).toEqual(expected.map(({ number }) => number));
    }),
  );
});

it("refuses an expression, an order and a place in it that are none, in a sentence", () => {
  const asked = (query: Omit<TrialQuery, "limit">) => () =>
    trialPage(
      { limit: 2, ...query },
      lookup((number) => measured[number]!, outline),
    );
  expect(asked({ where: "los < 1" })).toThrow(/"los".*Did you mean "loss"/);
  expect(asked({ where: "loss" })).toThrow(/true or false/);
  expect(asked({ order: [{ field: "lss" }] })).toThrow(
    'An order of trials goes by "lss", which is none of trial, state',
  );
  expect(asked({ order: [{ field: "loss" }], after: 23 })).toThrow("23 is none, there are 0 to 22.");
  expect(asked({ order: [{ field: "loss" }], newestFirst: true })).toThrow("leave out newestFirst or order");
});

it("looks at all trials for the first two pages of an order, and for no more of them while nothing changes", () => {
  const [viewed, read]: [number[], number[]] = [[], []];
  const note = (list: number[]) => (number: number) => {
    list.push(number);
    return measured[number]!;
  };
  const known = { order: new KnownOrder(), of: "s" };
  const one = { ...lookup(() => null, outline), view: note(viewed), trial: note(read), known };
  const query: TrialQuery = { limit: 4, order: [{ field: "loss", descending: true }] };
  const looks = (more: Partial<TrialQuery>, other: Partial<TrialLookup> = {}): number => {
    viewed.length = 0;
    read.length = 0;
    const page = trialPage({ ...query, ...more }, { ...one, ...other })!;
    // Those that lie together are read together.
    expect(read).toEqual(page.trials.map(({ number }) => number).sort((a, b) => a - b));
    return viewed.length;
  };
  // 6, 13 and 20 have the largest loss, then come 1, 8 and 15.
  expect([looks({}), looks({ after: 1 }), looks({ after: 15 }), looks({ after: 6 }), looks({})]).toEqual([
    23, 23, 0, 0, 0,
  ]);
  expect(looks({ after: 1 }, { revision: 78 })).toBe(23);
  expect(looks({ after: 1 }, { known: { ...known, of: "another" } })).toBe(23);
  expect(looks({ after: 1, where: "loss > 0" })).toBe(23);
  // A place behind a trial that the filter leaves out is found by comparing.
  expect(looks({ after: 5, where: "loss > 0" })).toBe(24);
});

it("is none in an order either where a trial is not known", () => {
  const known = { order: new KnownOrder(), of: "s" };
  const find = (number: number): Trial | null => (number === 4 ? null : measured[number]!);
  for (const after of [3, 4])
    expect(trialPage({ limit: 2, order: [{ field: "trial" }], after }, { ...lookup(find, outline), known })).toBeNull();
  expect(known.order.of("", -1)).toEqual(new Int32Array(0));
});

it("says that nothing follows a page in an order that holds just what there is", () => {
  const all = trials.filter(({ state }) => state === "failed").length;
  const query = { states: ["failed"], order: [{ field: "trial" }] } as const;
  const ordered = (limit: number) =>
    trialPage(
      { ...query, limit },
      lookup((number) => measured[number]!, outline),
    );
  expect(ordered(all)).toMatchObject({ next: null });
  expect(ordered(all - 1)!.next).not.toBeNull();
});

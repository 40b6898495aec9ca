import fc from "fast-check";
import { expect, it } from "vitest";
import { makeTrial } from "../objective/testing/make-trial.testing.ts";
import { FailureGroups } from "./failure-groups.ts";
import { groupFailures } from "./failures.ts";

const failed = (number: number, message: string, more = {}) =>
  makeTrial(number, 0, { state: "failed", outcome: "error", message, values: {}, ...more });

it("counts as the whole list does, and makes no new list when it is asked", () => {
  const trials = [
    failed(0, "a 1"),
    failed(1, "b"),
    makeTrial(2, 1),
    failed(3, "a 22"),
    failed(4, "c", { invalid: [{ from: 4, to: null }] }),
  ];
  const failures = new FailureGroups();
  for (const trial of trials) failures.add(trial);
  expect(failures.groups).toEqual([
    { outcome: "error", count: 2, last: 3, message: "a 22" },
    { outcome: "error", count: 1, last: 1, message: "b" },
  ]);
  expect(groupFailures(trials)).toEqual(failures.groups);
  const before = failures.groups;
  failures.add(makeTrial(5, 1));
  expect(failures.groups).toBe(before);
  failures.add(failed(6, "b"));
  failures.add(failed(7, "b"));
  expect(failures.groups[0]).toEqual({ outcome: "error", count: 3, last: 7, message: "b" });
});

it("has the groups in order after each failure, whatever the order in which trials end", () => {
  const draws = fc.uniqueArray(fc.record({ number: fc.nat(40), cause: fc.constantFrom(..."abcde") }), {
    selector: ({ number }) => number,
  });
  fc.assert(
    fc.property(draws, (drawn) => {
      const failures = new FailureGroups();
      for (const { number, cause } of drawn) failures.add(failed(number, cause));
      const expected = [..."abcde"].flatMap((cause) => {
        const numbers = drawn.filter((one) => one.cause === cause).map(({ number }) => number);
        return numbers.length === 0
          ? []
          : [{ outcome: "error", count: numbers.length, last: Math.max(...numbers), message: cause }];
      });
      expect(failures.groups).toEqual(expected.toSorted((a, b) => b.count - a.count || b.last - a.last));
    }),
  );
});

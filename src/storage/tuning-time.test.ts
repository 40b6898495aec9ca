import { expect, it } from "vitest";
import { addTuningTime } from "./tuning-time.ts";

it.each([
  ["a first call", null, 700, 5_000, { total: 700, last: 5_000 }],
  ["a first call by a clock that ran backwards", null, -3, 5_000, { total: 0, last: 5_000 }],
  ["alone", { total: 100, last: 4_000 }, 900, 5_000, { total: 1_000, last: 5_000 }],
  ["beside another that called meanwhile", { total: 100, last: 4_800 }, 900, 5_000, { total: 300, last: 5_000 }],
  ["after the clock was set back", { total: 100, last: 9_000 }, 900, 5_000, { total: 100, last: 5_000 }],
  ["with nothing to add", { total: 100, last: 4_000 }, 0, 5_000, { total: 100, last: 5_000 }],
])("adds to the ledger what nobody added yet: %s", (_what, ledger, elapsed, now, after) => {
  expect(addTuningTime(ledger, elapsed, now)).toEqual(after);
});

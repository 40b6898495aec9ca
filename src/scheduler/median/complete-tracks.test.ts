import fc from "fast-check";
import { expect, it } from "vitest";
import { compareValues } from "../../objective/index.ts";
import { makeTrial } from "../../objective/testing/make-trial.testing.ts";
import { makeView } from "../../sampler/testing/make-view.testing.ts";
import { float } from "../../space/builders.ts";
import { defineSpace } from "../../space/define-space.ts";
import { decodeNumber } from "../../trial/encoded-number.ts";
import type { HistoryView } from "../../trial/history-view.ts";
import type { Report, Trial } from "../../trial/trial.ts";
import { CompleteTracks } from "./complete-tracks.ts";

const LOSS = { name: "loss", direction: "minimize" } as const;
const SHARE = 0.4;
const SPACE = defineSpace({ x: float(0, 1) });

interface Ended {
  readonly state: "complete" | "pruned";
  readonly steps: readonly (readonly [step: number, loss: number | null])[];
}

function trialOf(number: number, { state, steps }: Ended): Trial {
  const reports = steps.map(([step, loss], seq): Report => ({ seq, step, values: loss === null ? {} : { loss } }));
  return makeTrial(number, 0, { params: { x: 0.5 }, state, reports });
}

function viewOf(trials: readonly Trial[], hidden: readonly number[], looked: (number: number) => void): HistoryView {
  const rows = trials.map(({ number, params, state }) => ({
    ...{ trial: number, params, state, outcome: "ok" as const, segment: 0, step: 1, values: [0] },
  }));
  const records = new Map(trials.map((trial) => [trial.number, trial]));
  const view = makeView({ space: SPACE, metrics: [LOSS], rows, pending: [], revision: 1, hidden, records });
  return {
    ...view,
    reports: (number) => {
      looked(number);
      return view.reports(number);
    },
  };
}

/** The newest value told at each step, steps in order, up to one of them. */
function course({ reports }: Trial, step: number): readonly number[] {
  const steps = new Map<number, number>();
  for (const report of reports)
    if (report.values.loss !== undefined) steps.set(report.step, decodeNumber(report.values.loss));
  return [...steps]
    .filter(([at]) => at <= step)
    .sort(([a], [b]) => a - b)
    .map(([, value]) => value);
}

/** By looking through all of them. */
function plainly(trials: readonly Trial[], hidden: readonly number[], step: number, own: number, smooth: number) {
  const values = trials
    .filter(({ number, state }) => state === "complete" && number !== own && !hidden.includes(number))
    .flatMap((trial) => {
      const newest = course(trial, step).slice(-smooth);
      return newest.length === 0 ? [] : [newest.reduce((sum, value) => sum + value, 0) / newest.length];
    })
    .sort((a, b) => compareValues(a, b, "minimize"));
  const place = SHARE * (values.length - 1);
  const [better, worse] = [values[Math.floor(place)] ?? Number.NaN, values[Math.ceil(place)] ?? Number.NaN];
  const between = better + (worse - better) * (place - Math.floor(place));
  return { value: Number.isFinite(worse) && Number.isFinite(better) ? between : better, of: values.length };
}

const ended = fc.record({
  state: fc.constantFrom("complete" as const, "complete" as const, "pruned" as const),
  steps: fc.array(fc.tuple(fc.constantFrom(0.5, 1, 2, 3e9), fc.option(fc.integer({ min: 0, max: 9 }))), {
    maxLength: 5,
  }),
});
const asked = fc.record({
  length: fc.nat(12),
  hidden: fc.oneof(fc.constant([]), fc.uniqueArray(fc.nat(11), { maxLength: 2 })),
  step: fc.constantFrom(0.5, 1, 1.5, 2, 3e9),
  own: fc.nat(24),
});

it("answers what looking through all trials does, in whatever order their steps came and whatever it was asked before", () => {
  fc.assert(
    fc.property(
      fc.array(ended, { minLength: 12, maxLength: 12 }),
      fc.array(asked, { maxLength: 12 }),
      fc.integer({ min: 1, max: 3 }),
      (plan, asks, smooth) => {
        const trials = plan.map((one, number) => trialOf(number, one));
        const tracks = new CompleteTracks(LOSS, SHARE, smooth);
        for (const { length, hidden, step, own } of asks) {
          const known = trials.slice(0, length);
          const bar = tracks.barAt(
            viewOf(known, hidden, () => {}),
            step,
            own,
          );
          expect(bar).toEqual(plainly(known, hidden, step, own, smooth));
        }
      },
    ),
  );
});

it("reads each complete trial once while a study goes on, and a few times more as they become many, hidden trials or not", () => {
  for (const hidden of [[], [3]]) {
    const trials = Array.from({ length: 300 }, (_, k) => trialOf(k, { state: "complete", steps: [[1, k]] }));
    const tracks = new CompleteTracks(LOSS, SHARE);
    let looks = 0;
    for (let length = 4; length <= trials.length; length++) {
      const view = viewOf(trials.slice(0, length), hidden, () => looks++);
      expect(tracks.barAt(view, 1 + (length % 3), 1000).of).toBe(length - hidden.length);
    }
    expect(looks).toBeLessThan(7 * trials.length);
  }
});

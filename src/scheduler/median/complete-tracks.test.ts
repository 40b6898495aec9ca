import fc from "fast-check";
import { expect, it } from "vitest";
import { compareValues } from "../../objective/index.ts";
import { makeTrial } from "../../objective/testing/make-trial.testing.ts";
import { makeView } from "../../sampler/testing/make-view.testing.ts";
import { float } from "../../space/builders.ts";
import { defineSpace } from "../../space/define-space.ts";
import type { HistoryView } from "../../trial/history-view.ts";
import type { Report, Trial } from "../../trial/trial.ts";
import { CompleteTracks } from "./complete-tracks.ts";

const LOSS = { name: "loss", direction: "minimize" } as const;
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
  const view = makeView({ space: SPACE, metrics: [LOSS], rows, pending: [], revision: 1, hidden });
  return {
    ...view,
    trial: (number) => {
      looked(number);
      return trials[number];
    },
  };
}

/** By looking through all of them. */
function plainly(trials: readonly Trial[], hidden: readonly number[], step: number, own: number): readonly number[] {
  return trials
    .filter(({ number, state }) => state === "complete" && number !== own && !hidden.includes(number))
    .flatMap(({ reports }) => {
      const value = reports.findLast((report) => report.step <= step && report.values.loss !== undefined)?.values.loss;
      return value === undefined ? [] : [Number(value)];
    })
    .sort((a, b) => compareValues(a, b, "minimize"));
}

const ended = fc.record({
  state: fc.constantFrom("complete" as const, "complete" as const, "pruned" as const),
  steps: fc.array(fc.tuple(fc.integer({ min: 1, max: 4 }), fc.option(fc.integer({ min: 0, max: 9 }))), {
    maxLength: 4,
  }),
});
const asked = fc.record({
  length: fc.nat(12),
  hidden: fc.oneof(fc.constant([]), fc.uniqueArray(fc.nat(11), { maxLength: 2 })),
  step: fc.integer({ min: 1, max: 4 }),
  own: fc.nat(24),
});

it("answers what looking through all trials does, whatever it was asked before", () => {
  fc.assert(
    fc.property(fc.array(ended, { minLength: 12, maxLength: 12 }), fc.array(asked, { maxLength: 12 }), (plan, asks) => {
      const trials = plan.map((one, number) => trialOf(number, one));
      const tracks = new CompleteTracks(LOSS, () => undefined);
      for (const { length, hidden, step, own } of asks) {
        const known = trials.slice(0, length);
        const ranked = tracks.valuesAt(
          viewOf(known, hidden, () => {}),
          step,
          own,
        );
        const values = Array.from({ length: ranked.length }, (_, rank) => ranked.at(rank));
        expect(values).toEqual(plainly(known, hidden, step, own));
      }
    }),
  );
});

it("reads each complete trial once while a study goes on, hidden trials or not", () => {
  for (const hidden of [[], [3]]) {
    const trials = Array.from({ length: 300 }, (_, k) => trialOf(k, { state: "complete", steps: [[1, k]] }));
    const tracks = new CompleteTracks(LOSS, () => undefined);
    let looks = 0;
    for (let length = 4; length <= trials.length; length++) {
      const view = viewOf(trials.slice(0, length), hidden, () => looks++);
      expect(tracks.valuesAt(view, 1 + (length % 3), 1000)).toHaveLength(length - hidden.length);
    }
    expect(looks).toBe(trials.length - hidden.length);
  }
});

import { expect, it } from "vitest";
import { keyedStreams } from "../../numeric/random/keyed-streams.ts";
import { makeTrial } from "../../objective/testing/make-trial.testing.ts";
import { type FinishedRow, makeView } from "../../sampler/testing/make-view.testing.ts";
import { checkParams, defineSpace, float } from "../../space/index.ts";
import { bandit } from "./bandit.ts";

const LOSS = { name: "loss", direction: "minimize" } as const;
const space = defineSpace({ x: float(0, 1) });

/** Members that lose as much in an interval as x is near to the best one. */
function task(best: number, members: number) {
  const rows: FinishedRow[] = [];
  for (let interval = 0; interval < 4; interval++)
    for (let trial = 0; trial < members; trial++) {
      const x = (trial + 0.5) / members;
      const gain = 1 - 3 * Math.abs(x - best);
      const values = [10 - interval * gain];
      rows.push({
        trial,
        segment: interval,
        step: 5 * (interval + 1),
        values,
        params: { x },
        state: "paused",
        outcome: "paused",
      });
    }
  const records = new Map(
    Array.from({ length: members }, (_none, trial) => [
      trial,
      makeTrial(trial, 0, { params: { x: (trial + 0.5) / members } }),
    ]),
  );
  const view = makeView({ space, metrics: [LOSS], rows, pending: [], revision: 99, records });
  return { view, space, metric: LOSS, step: 20, from: { x: 0.5 }, interval: 5 };
}

it.each([0.1, 0.5, 0.9])("goes to where members gained most: %f", (best) => {
  for (let seed = 0; seed < 5; seed++) {
    const params = bandit(task(best, 8), keyedStreams(seed));
    expect(Math.abs(Number(params.x) - best)).toBeLessThan(0.2);
    expect(checkParams(space, params)).toEqual([]);
  }
});

it("perturbs while little is known, and says the same again", () => {
  const params = bandit(task(0.1, 1), keyedStreams(1));
  expect(checkParams(space, params)).toEqual([]);
  expect(bandit(task(0.1, 1), keyedStreams(1))).toEqual(params);
  expect(bandit(task(0.9, 8), keyedStreams(2))).toEqual(bandit(task(0.9, 8), keyedStreams(2)));
});

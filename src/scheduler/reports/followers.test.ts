import { expect, it } from "vitest";
import { makeTrial } from "../../objective/testing/make-trial.testing.ts";
import { makeView } from "../../sampler/testing/make-view.testing.ts";
import { defineSpace } from "../../space/define-space.ts";
import type { HistoryView } from "../../trial/history-view.ts";
import type { Trial, TrialState } from "../../trial/trial.ts";
import type { TrialReports } from "../../trial/trial-reports.ts";
import { Followers } from "./followers.ts";

/** Says what it was made to read. */
class Reader {
  readonly seen: number[] = [];

  get count(): number {
    return this.seen.length;
  }

  read(reports: TrialReports, count: number): void {
    for (let seq = this.count; seq < count; seq++) this.seen.push(reports.step(seq));
  }
}

function trialOf(number: number, state: TrialState, length = 5): Trial {
  const reports = Array.from({ length }, (_, seq) => ({ seq, step: 10 * number + seq, values: {} }));
  return makeTrial(number, 0, { state, reports });
}

function viewOf(trials: readonly Trial[]): HistoryView {
  const records = new Map(trials.map((trial) => [trial.number, trial]));
  return makeView({ space: defineSpace({}), metrics: [], rows: [], pending: [], revision: 1, records });
}

it("reads each report once while it is asked in order, and says the same when it is not", () => {
  let made = 0;
  const followers = new Followers(() => {
    made += 1;
    return new Reader();
  });
  const view = viewOf([trialOf(0, "running"), trialOf(1, "running")]);
  expect(followers.of(view, 0, 2).seen).toEqual([0, 1]);
  expect(followers.of(view, 1, 1).seen).toEqual([10]);
  expect(followers.of(view, 0, 4).seen).toEqual([0, 1, 2, 3]);
  expect(made).toBe(2);
  expect(followers.of(view, 0, 3).seen).toEqual([0, 1, 2]);
  expect(followers.of(view, 0, 99).seen).toEqual([0, 1, 2, 3, 4]);
  expect(followers.of(view, 7, 3).seen).toEqual([]);
});

it("drops those of trials that have ended, and keeps those of any number that run", () => {
  let made = 0;
  const followers = new Followers(() => {
    made += 1;
    return new Reader();
  });
  const running = Array.from({ length: 100 }, (_, number) => trialOf(number, "running"));
  for (let round = 0; round < 3; round++) for (const { number } of running) followers.of(viewOf(running), number, 5);
  expect(made).toBe(100);
  const ended = running.map(({ number }) => trialOf(number, number < 50 ? "running" : "pruned"));
  for (let number = 100; number < 300; number++)
    followers.of(viewOf([...ended, trialOf(number, "complete")]), number, 1);
  made = 0;
  for (const { number } of running) followers.of(viewOf(ended), number, 5);
  expect(made).toBe(50);
});

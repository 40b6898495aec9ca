import { describe, expect, it } from "vitest";
import { makeTrial } from "../../objective/testing/make-trial.testing.ts";
import { makeView } from "../../sampler/testing/make-view.testing.ts";
import { float } from "../../space/builders.ts";
import { defineSpace } from "../../space/define-space.ts";
import type { JsonValue } from "../../space/json.ts";
import type { EncodedNumber } from "../../trial/encoded-number.ts";
import type { HistoryView } from "../../trial/history-view.ts";
import type { Trial, TrialState, Values } from "../../trial/trial.ts";
import type { TrialReports } from "../../trial/trial-reports.ts";
import { createScheduler } from "../registry.ts";
import { schedulerContract } from "../scheduler.contract.ts";
import { Simulator } from "../testing/simulate.testing.ts";

const LOSS = { name: "loss", direction: "minimize" } as const;
const make = (options: Readonly<Record<string, JsonValue>> = {}, metrics: readonly (typeof LOSS)[] = [LOSS]) =>
  createScheduler({ name: "median", options }, metrics);

schedulerContract("percentile", { make: (metrics) => createScheduler({ name: "percentile", options: {} }, metrics) });
schedulerContract("median", { make: (metrics) => createScheduler({ name: "median", options: {} }, metrics) });

/** Steps at which trials of these levels were stopped, null where they ran to their end of ten steps. */
function stops(levels: readonly number[], options: Readonly<Record<string, JsonValue>>): readonly (number | null)[] {
  const curve = (trial: number, step: number): number => levels[trial]! + 1 / step;
  const plan = { metric: LOSS, curve, steps: 10, workers: 1, trials: levels.length };
  const { trials } = new Simulator(make(options), plan).run();
  return trials.slice(0, levels.length).map(({ state, reports }) => (state === "pruned" ? reports.length : null));
}

const SPACE = defineSpace({ x: float(0, 1) });

/** A trial that reported one loss, at one step. */
const at = (number: number, loss: EncodedNumber, step = 3, state: TrialState = "complete"): Trial =>
  makeTrial(number, 0, { state, params: { x: 0 }, reports: [{ seq: 0, step, values: { loss } }] });

function viewOf(others: readonly Trial[], own: Trial): HistoryView {
  const rows = others.map(({ number, state, params, outcome }) => ({
    trial: number,
    state,
    params,
    outcome: outcome!,
    segment: 0,
    step: 3,
    values: [0],
  }));
  const records = new Map([...others, own].map((other) => [other.number, other]));
  return makeView({ space: SPACE, metrics: [LOSS], rows, pending: [], revision: 1, records });
}

/** What is said of a trial 9 that reports this loss at step 3, where these others were before it. */
function told(loss: number, others: readonly Trial[], options: Readonly<Record<string, JsonValue>> = { startup: 2 }) {
  const trial = at(9, loss, 3, "running");
  return make(options).onReport(viewOf(others, trial), trial, trial.reports[0]!);
}

const valuesOf = (loss: number | null): Values => (loss === null ? { other: 1 } : { loss });

describe("percentile", () => {
  it("is the median's rule with the option of its name, three quarters unless told", () => {
    const levels = [1, 2, 3, 4, 5].map((loss, number) => at(number, loss));
    const says = (loss: number, percentile?: number) => {
      const options: Readonly<Record<string, JsonValue>> = percentile === undefined ? {} : { percentile };
      const own = at(9, loss, 3, "running");
      return createScheduler({ name: "percentile", options }, [LOSS]).onReport(
        viewOf(levels, own),
        own,
        own.reports[0]!,
      );
    };
    expect(says(4).action).toBe("continue");
    expect(says(4.1)).toMatchObject({
      action: "stop",
      reason: expect.stringContaining("where percentile 75 of 5 complete trials was 4"),
    });
    expect(says(2.1, 25).action).toBe("stop");
    expect(() => createScheduler({ name: "percentile", options: { percentil: 1 } }, [LOSS])).toThrow(
      /scheduler percentile/,
    );
  });
});

describe("median", () => {
  it("stops what is worse than the median of complete trials, once there are enough", () => {
    expect(stops([3, 9, 1, 2, 8, 2.5], { startup: 3 })).toEqual([null, null, null, null, 1, null]);
    expect(stops([3, 9, 1, 2, 8, 2.5], { startup: 5 })).toEqual([null, null, null, null, null, null]);
  });

  it("waits for the warm-up", () => {
    expect(stops([1, 2, 9, 8], { startup: 2, warmup: 4 })).toEqual([null, null, 4, 4]);
  });

  it("judges by a trial's best value so far, not by its newest", () => {
    const curve = (trial: number, step: number): number => (trial < 2 ? trial : step === 1 ? -1 : 9);
    const plan = { metric: LOSS, curve, steps: 5, workers: 1, trials: 3 };
    expect(new Simulator(make({ startup: 2 }), plan).run().trials[2]!.state).toBe("complete");
  });

  it("keeps the better part that the percentile says", () => {
    const levels = [1, 2, 3, 4, 5, 3.5, 1.9];
    expect(stops(levels, { startup: 5, percentile: 75 }).slice(5)).toEqual([null, null]);
    expect(stops(levels, { startup: 5, percentile: 25 }).slice(5)).toEqual([1, null]);
  });

  it("says by which bar a trial was stopped", () => {
    const curve = (trial: number): number => trial;
    const plan = { metric: LOSS, curve, steps: 3, workers: 1, trials: 6 };
    const said = (options: object): readonly string[] =>
      new Simulator(make({ startup: 5, ...options }), plan)
        .run()
        .consultations.flatMap(({ decision }) => (decision.action === "stop" ? [decision.reason] : []));
    expect(said({})[0]).toMatch(/where the median of 5 complete trials was 2$/);
    expect(said({ percentile: 25 })[0]).toMatch(/where percentile 25 of 5 complete trials was 1$/);
  });

  it("stops what reports no number", () => {
    const curve = (trial: number): number => (trial === 5 ? Number.NaN : trial);
    const plan = { metric: LOSS, curve, steps: 3, workers: 1, trials: 6 };
    expect(new Simulator(make(), plan).run().trials[5]!.state).toBe("pruned");
  });

  it("takes its bar between the two nearest ranks, and the better one where one of them is not finite", () => {
    const bar = (options: object, ...losses: readonly EncodedNumber[]) => {
      const decision = told(
        1e6,
        losses.map((loss, number) => at(number, loss)),
        { startup: 2, ...options },
      );
      return / was (.*)$/.exec(decision.action === "stop" ? decision.reason : "")?.[1];
    };
    // NumPy 2.2: quantile([1, 3, 7, 20], [0.5, 0.2, 0.9, 0, 1])
    expect(bar({}, 1, 20, 7, 3)).toBe("5");
    expect(Number(bar({ percentile: 20 }, 1, 20, 7, 3))).toBeCloseTo(2.2, 12);
    expect(Number(bar({ percentile: 90 }, 1, 20, 7, 3))).toBeCloseTo(16.1, 12);
    expect(bar({ percentile: 0 }, 1, 20, 7, 3)).toBe("1");
    expect(bar({ percentile: 100 }, 1, 20, 7, 3)).toBe("20");
    expect(bar({}, 4, "NaN")).toBe("4");
    expect(bar({}, "-Infinity", 4)).toBe("4");
  });

  it("compares with other complete trials that had a value by that step", () => {
    const two = [at(0, 1), at(1, 2)];
    expect(told(5, two).action).toBe("stop");
    expect(told(5, [two[0]!, at(1, 2, 4)]).action).toBe("continue");
    for (const state of ["pruned", "failed", "paused"] as const)
      expect(told(5, [two[0]!, at(1, 2, 3, state)]).action).toBe("continue");
    expect(told(5, [two[0]!, at(9, 2)]).action).toBe("continue");
  });

  it("waits for five trials, and judges every whole step from the first, unless told otherwise", () => {
    const many = (count: number) => Array.from({ length: count }, (_, number) => at(number, 1, 0));
    expect(told(5, many(4), {}).action).toBe("continue");
    expect(told(5, many(5), {}).action).toBe("stop");
    expect(told(5, many(1), { startup: 1 }).action).toBe("stop");
    const steps = (options: Readonly<Record<string, JsonValue>>, ...reported: readonly number[]) => {
      const curve = reported.map((step, seq) => ({ seq, step, values: { loss: 5 } }));
      const trial = makeTrial(9, 5, { state: "running", reports: curve });
      const view = viewOf(many(5), trial);
      const judged = curve.filter((report) => make(options).onReport(view, trial, report).action === "stop");
      return judged.map(({ step }) => step);
    };
    expect(steps({}, 0, 0.5, 1, 1.75, 2)).toEqual([0, 1, 2]);
    expect(steps({ interval: 0.5 }, 0, 0.5, 1, 1.75, 2)).toEqual([0, 0.5, 1, 1.75, 2]);
  });

  /** Steps at which a trial that tells this is stopped, beside five that were at 1 from step 0 on. */
  const stoppedAt = (
    told: readonly (readonly [number, number | null])[],
    options: Readonly<Record<string, JsonValue>> = {},
  ) => {
    const others = Array.from({ length: 5 }, (_, number) => at(number, 1, 0));
    const reports = told.map(([step, loss], seq) => ({ seq, step, values: valuesOf(loss) }));
    const trial = makeTrial(9, 5, { state: "running", reports });
    const view = viewOf(others, trial);
    const scheduler = make(options);
    const asked = reports.filter((report) => scheduler.onReport(view, trial, report).action === "stop");
    return asked.map(({ step }) => step);
  };

  it("judges by what was told of a step last, and of no later one", () => {
    expect(
      stoppedAt([
        [1, 0.5],
        [1, 2],
        [2, 3],
      ]),
    ).toEqual([2]);
    expect(
      stoppedAt([
        [1, 2],
        [1, 0.5],
        [2, 3],
      ]),
    ).toEqual([1]);
    expect(
      stoppedAt([
        [5, 0.5],
        [1, 3],
        [2, 3],
      ]),
    ).toEqual([2]);
    expect(
      stoppedAt([
        [1, null],
        [1, 3],
      ]),
    ).toEqual([1]);
  });

  it("judges by means of the newest steps where it is told to, on both sides", () => {
    const jittery = [
      [0, 1.1],
      [1, 0.1],
      [2, 2.6],
      [3, 2.9],
      [4, 2.9],
    ] as const;
    expect(stoppedAt(jittery)).toEqual([0]);
    expect(stoppedAt(jittery, { smooth: 3 })).toEqual([0]);
    expect(stoppedAt(jittery.slice(2), { smooth: 2 })).toEqual([2, 3, 4]);
    expect(
      stoppedAt(
        [
          [0, 0.9],
          [1, 1.3],
          [2, 1.1],
          [3, 1.2],
        ],
        { smooth: 3 },
      ),
    ).toEqual([]);
    const rising = Array.from({ length: 5 }, (_, number) =>
      makeTrial(number, 0, {
        params: { x: 0 },
        reports: [0, 1, 2].map((step) => ({ seq: step, step, values: { loss: step } })),
      }),
    );
    const trial = at(9, 1.4, 2, "running");
    const says = (smooth: number) => make({ smooth }).onReport(viewOf(rising, trial), trial, trial.reports[0]!);
    expect(says(1)).toEqual({ action: "continue" });
    expect(says(3)).toEqual({
      action: "stop",
      reason: "at step 2: best loss (mean of 3 steps) 1.4, where the median of 5 complete trials was 1",
    });
    expect(() => make({ smooth: 0 })).toThrow(/smooth is 0; it takes a whole number from 1 to 1000/);
  });

  it("judges nothing where there is no metric, or the report has none", () => {
    const report = { seq: 0, step: 3, values: { other: 1e9 } };
    const trial = makeTrial(9, 0, { state: "running", reports: [report] });
    const view = viewOf([at(0, 1)], trial);
    expect(make({ startup: 1 }, []).onReport(view, trial, report)).toEqual({ action: "continue" });
    expect(make({ startup: 1 }).onReport(view, trial, report)).toEqual({ action: "continue" });
  });

  it("looks at each report a few times only, however many there are", () => {
    const curve = (trial: number, step: number): number => -trial - step;
    const plan = { metric: LOSS, curve, steps: 500, workers: 1, trials: 6 };
    const { consultations, trials } = new Simulator(make(), plan).run();
    let looks = 0;
    const { view } = consultations.at(-1)!;
    const watched = (number: number): TrialReports | undefined => {
      const reports = view.reports(number)!;
      const value = (seq: number, metric: string) => {
        looks += 1;
        return reports.value(seq, metric);
      };
      return { length: reports.length, step: (seq) => reports.step(seq), at: (seq) => reports.at(seq), value };
    };
    const scheduler = make();
    const { revision, columns, rows, pending, paused } = view;
    const plain = { revision, columns, rows, pending, paused, trial: (number: number) => trials[number] };
    const made = makeView({ space: SPACE, metrics: [LOSS], rows: [], pending: [], revision });
    const seen = { ...made, ...plain, reports: watched };
    for (const report of trials[5]!.reports) scheduler.onReport(seen, trials[5]!, report);
    expect(looks).toBeLessThan(5 * 6 * 500);
  });

  it("refuses options that it does not take", () => {
    expect(() => make({ percentile: 101 })).toThrow(/percentile is 101; it takes a number from 0 to 100/);
    expect(() => make({ startup: 0 })).toThrow(/startup is 0/);
    expect(() => make({ warmup: -0.5 })).toThrow(/warmup is -0.5; it takes a number from 0 to/);
    expect(() => make({ interval: 0 })).toThrow(/interval is 0/);
    expect(() => make({ percentile: -1 })).toThrow(/percentile is -1/);
    for (const name of ["percentile", "warmup"]) make({ [name]: 0 });
    make({ percentile: 100, startup: 1 });
    expect(() => make({ warmups: 1 })).toThrow(/no option warmups.*Did you mean "warmup"/);
  });
});

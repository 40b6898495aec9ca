import { describe, expect, it } from "vitest";
import { makeTrial } from "../../objective/testing/make-trial.testing.ts";
import { makeView } from "../../sampler/testing/make-view.testing.ts";
import { defineSpace } from "../../space/define-space.ts";
import type { JsonValue } from "../../space/json.ts";
import type { HistoryView } from "../../trial/history-view.ts";
import type { Metric } from "../../trial/metric.ts";
import type { Trial, Values } from "../../trial/trial.ts";
import { createScheduler } from "../registry.ts";
import { schedulerContract } from "../scheduler.contract.ts";
import { Simulator } from "../testing/simulate.testing.ts";

const LOSS: Metric = { name: "loss", direction: "minimize" };
const make = (options: Readonly<Record<string, JsonValue>> = {}, metric = LOSS) =>
  createScheduler({ name: "patient", options }, [metric]);

schedulerContract("patient", {
  make: (metrics) => createScheduler({ name: "patient", options: { patience: 3 } }, metrics),
});

/** Steps that a trial with these values ran, and what it was told at its end. */
function run(values: readonly number[], options: Readonly<Record<string, JsonValue>>, metric = LOSS) {
  const curve = (_trial: number, step: number): number => values[step - 1]!;
  const plan = { metric, curve, steps: values.length, workers: 1, trials: 1 };
  const [trial] = new Simulator(make(options, metric), plan).run().trials;
  return trial!.reports.length;
}

/** A view that knows a trial. */
function viewWith(trial: Trial): HistoryView {
  const records = new Map([[trial.number, trial]]);
  return makeView({ space: defineSpace({}), metrics: [LOSS], rows: [], pending: [], revision: 1, records });
}

describe("patient", () => {
  it.each([
    [{ patience: 2 }, [5, 4, 3, 2, 1], 5],
    [{ patience: 2 }, [5, 4, 4, 4, 1], 4],
    [{ patience: 2 }, [5, 4, 4.5, 3, 3, 3], 6],
    [{ patience: 3 }, [5, 6, 7, 8, 1], 4],
    [{ patience: 2, delta: 0.5 }, [5, 4.6, 4.6, 1], 3],
    [{ patience: 2, delta: 0.5 }, [5, 4.4, 4.4, 3.8, 3], 5],
    [{ patience: 1, warmup: 3 }, [5, 6, 7, 8], 3],
    [{ patience: 2 }, [Number.NaN, Number.NaN, 1, 1], 2],
    [{ patience: 3 }, [Number.NaN, Number.NaN, 9, 8, 8, 8, 8], 7],
    [{ patience: 2 }, [Number.POSITIVE_INFINITY, 3, 3, 3], 4],
  ])("with %j lets a trial of %j run %i steps", (options, values, steps) => {
    expect(run(values, options)).toBe(steps);
    const turned = values.map((value) => -value);
    expect(run(turned, options, { name: "loss", direction: "maximize" })).toBe(steps);
  });

  it("says what came of how many steps", () => {
    const plan = {
      metric: LOSS,
      curve: (_: number, step: number) => Math.abs(step - 3),
      steps: 9,
      workers: 1,
      trials: 1,
    };
    const { consultations } = new Simulator(make({ patience: 4 }), plan).run();
    const stop = consultations.find(({ decision }) => decision.action === "stop")!;
    expect(stop.decision).toMatchObject({
      reason: "at step 7: loss came to nothing better than 0 of step 3 in 4 steps",
    });
  });

  it("waits for ten steps unless told otherwise", () => expect(run(new Array<number>(20).fill(1), {})).toBe(11));

  it("looks at each report once while a trial reports on, and where it is asked again", () => {
    const losses = Array.from({ length: 300 }, (_, k) => 300 - k);
    const plain = makeTrial(0, 0, {
      state: "running",
      reports: losses.map((loss, seq) => ({ seq, step: seq, values: { loss } })),
    });
    let looks = 0;
    const plainView = viewWith(plain);
    const reports = plainView.reports(0)!;
    const value = (seq: number, metric: string) => {
      looks += 1;
      return reports.value(seq, metric);
    };
    const watched = { length: reports.length, step: reports.step, at: reports.at, value };
    const view = { ...plainView, reports: () => watched };
    const scheduler = make();
    for (const report of plain.reports) {
      scheduler.onReport(view, plain, report);
      expect(scheduler.onReport(view, plain, report)).toEqual({ action: "continue" });
    }
    // Once to know whether the metric is told, once to compare, and the best before beside it.
    expect(looks).toBeLessThanOrEqual(3 * losses.length);
    // An earlier report, as a process has it that reads the log again.
    expect(scheduler.onReport(view, plain, plain.reports[3]!)).toEqual({ action: "continue" });
  });

  it("judges nothing where there is no metric, or the report has none", () => {
    const told: readonly Values[] = [{}, {}, { other: 1 }];
    const reports = told.map((values, seq) => ({ seq, step: seq, values }));
    const trial = makeTrial(0, 0, { state: "running", reports });
    const view = viewWith(trial);
    for (const scheduler of [make({ patience: 1 }), createScheduler({ name: "patient", options: {} }, [])])
      for (const report of reports) expect(scheduler.onReport(view, trial, report)).toEqual({ action: "continue" });
  });

  it("refuses options that make no sense", () => {
    expect(() => make({ patience: 0 })).toThrow(/patience is 0/);
    for (const name of ["delta", "warmup"]) {
      expect(() => make({ [name]: -1 })).toThrow(new RegExp(`${name} is -1`));
      make({ [name]: 0 });
    }
    expect(() => make({ min_delta: 1 })).toThrow(/allowed are patience, delta, warmup/);
  });
});

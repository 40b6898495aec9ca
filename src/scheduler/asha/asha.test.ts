import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { keyedStreams } from "../../numeric/random/keyed-streams.ts";
import { makeTrial } from "../../objective/testing/make-trial.testing.ts";
import { makeView } from "../../sampler/testing/make-view.testing.ts";
import { defineSpace } from "../../space/define-space.ts";
import type { JsonValue } from "../../space/json.ts";
import { decodeNumber } from "../../trial/encoded-number.ts";
import { ReportsAt } from "../../trial/history/reports-at.ts";
import { History } from "../../trial/history.ts";
import type { HistoryView } from "../../trial/history-view.ts";
import type { Metric } from "../../trial/metric.ts";
import { ReportList } from "../../trial/table/report-list.ts";
import type { Trial, Values } from "../../trial/trial.ts";
import { createScheduler } from "../registry.ts";
import { ordinal } from "../reports/ordinal.ts";
import { RungJudge } from "../rungs/rung-judge.ts";
import { RungResults } from "../rungs/rung-results.ts";
import { schedulerContract } from "../scheduler.contract.ts";
import { type Simulation, Simulator } from "../testing/simulate.testing.ts";

const LOSS: Metric = { name: "loss", direction: "minimize" };
const make = (options: Readonly<Record<string, JsonValue>> = {}, name = "asha") =>
  createScheduler({ name, options }, [LOSS]);

schedulerContract("asha", { make: (metrics) => createScheduler({ name: "asha", options: {} }, metrics) });
schedulerContract("asha, largest given", {
  make: (metrics) => createScheduler({ name: "asha", options: { largest: 10, reduction: 2 } }, metrics),
});
schedulerContract("halving", { make: (metrics) => createScheduler({ name: "halving", options: {} }, metrics) });
schedulerContract("asha, stopping", {
  make: (metrics) => createScheduler({ name: "asha", options: { form: "stopping" } }, metrics),
});

const level = (trial: number): number => keyedStreams(1, trial).stream("level").float();
const curve: Simulation["curve"] = (trial, step) => level(trial) + 1 / step;

function simulate(scheduler: ReturnType<typeof make>, more: Partial<Simulation> = {}) {
  const plan = { metric: LOSS, curve, steps: 27, workers: 4, trials: 60, ...more };
  const result = new Simulator(scheduler, plan).run();
  const steps = result.trials.reduce((sum, { reports }) => sum + reports.length, 0);
  return { ...result, steps };
}

/** A view that knows a trial and has no rows. */
function viewWith(trial: Trial): HistoryView {
  const records = new Map([[trial.number, trial]]);
  return makeView({ space: defineSpace({}), metrics: [LOSS], rows: [], pending: [], revision: 1, records });
}

const best = [...Array(60).keys()].reduce((a, b) => (level(b) < level(a) ? b : a));

describe("asha", () => {
  it("runs the best trial to its end for less than a third of the steps, and stops none for good", () => {
    const { trials, steps } = simulate(make());
    expect(trials[best]).toMatchObject({ state: "complete" });
    expect(steps).toBeLessThan((27 * 60) / 3);
    expect(trials.filter(({ state }) => state === "pruned" || state === "failed")).toEqual([]);
    expect(trials.filter(({ state }) => state === "complete").length).toBeLessThan(15);
  });

  it("promotes a trial when later ones turn out worse", () => {
    // Each is worse than the one before: the first is paused before it can be known to be good.
    const { trials, log } = simulate(make({ largest: 27, smallest: 1 }), {
      curve: (trial) => trial,
      workers: 1,
      trials: 30,
    });
    expect(trials[0]!.state).toBe("complete");
    expect(trials[0]!.segments.map(({ until }) => until)).toEqual([1, 3, 9, null]);
    const reasons = log.flatMap(({ event }) =>
      event.type === "started" && event.trial === 0 ? [event.decision?.reason] : [],
    );
    expect(reasons.slice(1)).toEqual([
      "promoted to step 3: loss 0 is 1st of 3 at step 1",
      // There is to be one full run early on.
      "promoted to step 9: loss 0 is 1st of 1 at step 3, and no trial has run in full",
      "promoted to its end: loss 0 is 1st of 1 at step 9, and no trial has run in full",
    ]);
  });

  it("brings the best of the first trials to its end at once, so that there is a result to go by, and no others", () => {
    const { log } = simulate(make({ largest: 27, smallest: 1 }), { workers: 1, trials: 40 });
    const early = log.flatMap(({ event }) =>
      event.type === "started" && /no trial has run in full/.test(event.decision?.reason ?? "") ? [event.trial] : [],
    );
    expect(new Set(early).size).toBe(1);
    const complete = log.findIndex(({ event }) => event.type === "finished");
    const begun = log.slice(0, complete).filter(({ event }) => event.type === "started" && event.segment === 0);
    expect(begun.length).toBeLessThanOrEqual(4);
  });

  it("gives the rungs of the first trial that ended to all, and one more on top to a longer one", () => {
    const { trials } = simulate(make(), { workers: 1, trials: 12 });
    expect(trials[0]!.segments.map(({ until }) => until)).toEqual([null]);
    expect(trials[1]!.segments[0]!.until).toBe(3);
    const results = new RungResults({ reduction: 3, smallest: null, largest: null, smooth: 1 }, new RungJudge([LOSS]));
    const { log } = simulate(make(), { trials: 12 });
    const history = new History(["loss"]);
    for (const logged of log) history.apply(logged);
    results.follow(history.view());
    expect(results.ladder!.steps.slice(0, 5)).toEqual([1, 3, 9, 27, 81]);
    expect(results.largest).toBe(27);
  });

  it("keeps one full run for the best where the largest step is given and none came there", () => {
    const { trials, log } = simulate(make({ largest: 27, smallest: 1 }), { trials: 2, workers: 1 });
    const better = level(0) < level(1) ? 0 : 1;
    expect(trials.map(({ state }) => state)).toEqual(better === 0 ? ["complete", "paused"] : ["paused", "complete"]);
    const last = log.findLast(({ event }) => event.type === "started")!.event;
    expect(last).toMatchObject({
      trial: better,
      until: null,
      decision: { reason: expect.stringMatching(/^the budget's last full run: loss \S+ is the best of 2 at step 1$/) },
    });
  });

  it("passes the rungs again in silence where a trial begins anew", () => {
    const { log } = simulate(make(), { restarts: true, heeds: false });
    for (const [k, { event }] of log.entries()) {
      if (event.type !== "passed" && event.type !== "paused") continue;
      const earlier = log
        .slice(0, k)
        .filter(({ event: other }) => other.type === event.type && other.trial === event.trial);
      const steps = [...earlier.map(({ event: other }) => other), event].map((other) =>
        Number(/at step (\d+)/.exec("decision" in other ? (other.decision?.reason ?? "") : "")?.[1]),
      );
      expect(new Set(steps).size).toBe(steps.length);
    }
  });

  it("finishes a trial whose program ends before the step it may run up to", () => {
    const scheduler = make({ largest: 27, smallest: 9 });
    const { trials } = simulate(scheduler, { steps: 5, trials: 3, workers: 1 });
    expect(trials.map(({ state }) => state)).toEqual(["complete", "complete", "complete"]);
  });

  it("judges trials by the newest value that they had told by then", () => {
    const history = new History(["loss"]);
    const { log } = simulate(make(), { trials: 20 });
    for (const logged of log) history.apply(logged);
    const results = new RungResults({ reduction: 3, smallest: null, largest: null, smooth: 1 }, new RungJudge([LOSS]));
    results.follow(history.view());
    for (const [rung, step] of [1, 3, 9].entries())
      for (const { trial, value } of results.at(rung)) expect(value).toBe(curve(trial, step));
    expect(results.at(0)).toHaveLength(20);
  });

  it("knows the same of a view read at once as of many read one after another, whatever was hidden between", () => {
    const { log } = simulate(make(), { trials: 30 });
    const options = { reduction: 3, smallest: null, largest: null, smooth: 1 };
    fc.assert(
      fc.property(fc.array(fc.nat(log.length - 1), { maxLength: 8 }), fc.nat(29), (stops, hidden) => {
        const history = new History(["loss"]);
        const warm = new RungResults(options, new RungJudge([LOSS]));
        for (const [k, logged] of log.entries()) {
          history.apply(logged);
          if (stops.includes(k)) warm.follow(history.view());
        }
        const isThere = history.view().trial(hidden) !== undefined;
        if (isThere)
          history.apply({
            revision: log.length + 1,
            at: 0,
            event: { type: "invalidated", trial: hidden, reason: null },
          });
        warm.follow(history.view());
        const cold = new RungResults(options, new RungJudge([LOSS]));
        cold.follow(history.view());
        for (let rung = 0; rung < 5; rung++) expect(warm.at(rung)).toEqual(cold.at(rung));
        expect(warm.largest).toBe(cold.largest);
      }),
      { numRuns: 30 },
    );
  });

  it("compares means of the newest steps at a rung where it is told to", () => {
    // The best at step 9 alone is the worst on average.
    const jitter = (trial: number, step: number) => (trial === 7 ? (step === 9 ? -1 : 9) : trial / 100 + 1 / step);
    const promotedFrom9 = (options: object) =>
      simulate(make({ largest: 27, smallest: 9, ...options }), { curve: jitter, trials: 9 }).log.flatMap(({ event }) =>
        event.type === "started" && event.segment === 1 ? [event.trial] : [],
      );
    expect(promotedFrom9({})).toContain(7);
    expect(promotedFrom9({ smooth: 3 })).not.toContain(7);
    const { log } = simulate(make({ largest: 27, smallest: 9, smooth: 3 }), { curve: jitter, trials: 9 });
    const reasons = log.flatMap(({ event }) => (event.type === "paused" ? [event.decision?.reason ?? ""] : []));
    const mean = (0.02 * 3 + 1 / 7 + 1 / 8 + 1 / 9) / 3;
    const said = reasons.map((reason) => /^loss \(mean of 3 steps\) ([\d.]+) at step 9: /.exec(reason)?.[1]);
    expect(said.some((value) => Math.abs(Number(value) - mean) < 1e-12)).toBe(true);
  });

  it.each(["asha", "halving"])("%s judges no trial before it has told the metric, and then where it is", (name) => {
    const first = simulate(make({ largest: 27, smallest: 1 }, name), { trials: 6, workers: 1 });
    const history = new History(["loss"]);
    for (const logged of first.log) history.apply(logged);
    const reports = [1, 2, 3, 4].map((step, seq) => ({ seq, step, values: step < 4 ? ({} as Values) : { loss: 9 } }));
    const known = history.view();
    const trial = { ...known.trial(0)!, number: 99, state: "running" as const, segments: [], reports };
    const list = new ReportList();
    for (const report of reports) list.push(report, 1);
    const { revision, columns, rows, pending, paused } = known;
    const view: HistoryView = {
      ...{ revision, columns, rows, pending, paused },
      since: () => null,
      withinSpace: () => view,
      withPending: () => view,
      trial: (number) => (number === 99 ? trial : known.trial(number)),
      reports: (number) => (number === 99 ? new ReportsAt(list, list.length) : known.reports(number)),
    };
    const decisions = reports.map(
      (report) => make({ largest: 27, smallest: 1 }, name).onReport(view, trial, report).action,
    );
    expect(decisions).toEqual(["continue", "continue", "continue", name === "asha" ? "pause" : "stop"]);
    const warm = make({ largest: 27, smallest: 1 }, name);
    expect(reports.map((report) => warm.onReport(view, trial, report).action)).toEqual(decisions);
    const came = first.trials.filter((one) => one.reports.some(({ step }) => step >= 3)).length;
    expect(warm.onReport(view, trial, reports[3]!)).toMatchObject({
      reason: expect.stringMatching(
        new RegExp(`^loss 9 at step 4: ${ordinal(came + 1)} of ${came + 1} there, of which \\d run on$`),
      ),
    });
  });

  it("pauses a program that ended at the step it was to run up to, and finishes one that has no more", () => {
    const end = (untils: readonly (number | null)[], steps: readonly number[], options = { largest: 27 }) => {
      const segments = untils.map((until, index) => ({ index, until, attempts: [] }));
      const reports = steps.map((step, seq) => ({ seq, step, values: { loss: 1 } }));
      const trial = makeTrial(0, 1, { segments, reports });
      return make(options).onEnd!(viewWith(trial), trial);
    };
    const came = (until: number) => ({
      ...{ action: "pause", reason: `came to step ${until}, up to which it was run` },
    });
    expect(end([3], [1, 2, 3])).toEqual(came(3));
    expect(end([1, 9], [1, 9])).toEqual(came(9));
    expect(end([9, 3], [1, 3])).toEqual(came(3));
    // At its first report behind the step, or without any.
    expect(end([3], [2, 4])).toEqual(came(3));
    expect(end([3], [4])).toEqual(came(3));
    expect(end([3], [])).toEqual(came(3));
    // A last line without a step counts as one more.
    expect(end([3], [1, 2, 3, 4])).toEqual(came(3));
    expect(end([3], [3, 4])).toEqual(came(3));
    expect(end([2], [1, 2, 3], { largest: 3 })).toEqual(came(2));
    const over = { action: "finish" };
    expect(end([3], [1, 2])).toEqual(over);
    expect(end([3], [3, 4, 5])).toEqual(over);
    expect(end([2], [1, 2, 4], { largest: 3 })).toEqual(over);
    expect(end([27], [27])).toEqual(over);
    expect(end([null], [3])).toEqual(over);
    expect(end([3, null], [3])).toEqual(over);
    expect(end([], [3])).toEqual(over);
    // The last step told twice, or another one late.
    expect(end([3], [1, 2, 3, 3])).toEqual(came(3));
    expect(end([3], [1, 3, 2])).toEqual(came(3));
    expect(end([3], [1, 3, 4, 5, 2])).toEqual(over);
    const trial = makeTrial(0, 1);
    expect(createScheduler({ name: "asha", options: {} }, []).onEnd!(viewWith(trial), trial)).toEqual(over);
  });

  it("runs all to their end where there is no metric to judge by", () => {
    const view = new History([]).view();
    const scheduler = createScheduler({ name: "asha", options: { largest: 9 } }, []);
    expect(scheduler.next(view)).toEqual({ action: "start-new", until: null });
    expect(scheduler.last!(view)).toBeNull();
    const trial = makeTrial(0, 1, { state: "running", reports: [{ seq: 0, step: 1, values: {} }] });
    expect(scheduler.onReport(view, trial, trial.reports[0]!)).toEqual({ action: "continue" });
    const halving = createScheduler({ name: "halving", options: {} }, []);
    expect(halving.onReport(view, trial, trial.reports[0]!)).toEqual({ action: "continue" });
  });

  it("keeps to the largest step that is given, though trials come further", () => {
    const given = new RungResults({ reduction: 3, smallest: 1, largest: 9, smooth: 1 }, new RungJudge([LOSS]));
    const { log } = simulate(make({ largest: 9, smallest: 1 }), { trials: 12, heeds: false });
    const history = new History(["loss"]);
    for (const logged of log) history.apply(logged);
    given.follow(history.view());
    expect([given.largest, given.ladder!.steps[0]]).toEqual([9, 1]);
    const learnt = new RungResults({ reduction: 3, smallest: 1, largest: null, smooth: 1 }, new RungJudge([LOSS]));
    learnt.follow(history.view());
    expect(learnt.largest).toBe(27);
  });

  it("knows of rungs without a row what reports told in their steps, and of no others", () => {
    const told: readonly (readonly (readonly [step: number, values: Values])[])[] = [
      [
        [2, { loss: 5 }],
        [4, {}],
        [10, { loss: 2 }],
      ],
      [
        [1, {}],
        [2, { loss: 7 }],
        [30, { loss: 1 }],
      ],
      [[12, { loss: 3 }]],
      [
        [1, {}],
        [3, {}],
        [9, { loss: "NaN" }],
      ],
    ];
    const records = told.map((rows, number) =>
      makeTrial(number, 0, { params: {}, reports: rows.map(([step, values], seq) => ({ seq, step, values })) }),
    );
    const rows = records.map(({ number, reports }) => ({
      ...{ trial: number, params: {}, state: "complete" as const, outcome: "ok" as const, segment: 0 },
      ...{ step: reports.at(-1)!.step, values: [decodeNumber(reports.at(-1)!.values.loss!)] },
    }));
    const parts = { space: defineSpace({}), metrics: [LOSS], pending: [], revision: 1 };
    const view = makeView({ ...parts, rows, records: new Map(records.map((trial) => [trial.number, trial])) });
    const results = new RungResults({ reduction: 3, smallest: 1, largest: 81, smooth: 1 }, new RungJudge([LOSS]));
    results.follow(view);
    expect([0, 1, 2, 3, 4].map((rung) => results.at(rung).map(({ trial, value }) => [trial, value]))).toEqual([
      [
        [0, 5],
        [1, 7],
      ],
      [[0, 5]],
      [
        [0, 2],
        [2, 3],
        [3, Number.NaN],
      ],
      [[1, 1]],
      [],
    ]);
    expect(results.rankAt(2, { trial: 9, value: 2.5 })).toMatchObject({ better: 1, others: 3 });
    expect(results.rankAt(2, { trial: 2, value: 3 })).toMatchObject({ better: 1, others: 2 });
    expect(results.rankAt(4, { trial: 2, value: 3 })).toMatchObject({ better: 0, others: 0 });
    // An end without a step says nothing of how far trials go.
    const unknowing = new RungResults({ reduction: 3, smallest: 1, largest: null, smooth: 1 }, new RungJudge([LOSS]));
    unknowing.follow(makeView({ ...parts, rows: [0, Number.NaN].map((step) => ({ ...rows[0]!, step })) }));
    expect([unknowing.ladder, unknowing.largest]).toEqual([null, Number.POSITIVE_INFINITY]);
  });

  it("counts places as people do", () => {
    const places = [1, 2, 3, 4, 10, 11, 12, 13, 14, 21, 22, 23, 101, 111, 112, 113, 121];
    expect(places.map(ordinal).join(" ")).toBe(
      "1st 2nd 3rd 4th 10th 11th 12th 13th 14th 21st 22nd 23rd 101st 111th 112th 113th 121st",
    );
  });

  it("promotes nobody without a finite value, and is content with no value at all", () => {
    const { trials, ended } = simulate(make({ largest: 27, smallest: 1 }), { curve: () => Number.NaN });
    expect(ended).toBe(true);
    expect(trials.every(({ state }) => state === "paused")).toBe(true);
  });

  it("refuses options that make no ladder", () => {
    expect(() => make({ smallest: 9, largest: 9 })).toThrow(/smallest rung is step 9 and the largest step 9/);
    for (const reduction of [1, 1.09, 1001]) expect(() => make({ reduction })).toThrow(/reduction is 1/);
    for (const reduction of [1.1, 1000]) make({ reduction });
    for (const name of ["smallest", "largest"]) {
      expect(() => make({ [name]: 0 })).toThrow(new RegExp(`${name} is 0;`));
      make({ [name]: 0.5 });
    }
    make({ smallest: 8.5, largest: 9 });
    expect(() => make({ form: "stoping" })).toThrow(/one of pausing, stopping/);
    expect(() => make({ eta: 3 })).toThrow(/allowed are reduction, smallest, largest, smooth, form/);
    expect(() => make({ form: "pausing" }, "halving")).toThrow(/scheduler halving has no option form/);
  });
});

describe("halving", () => {
  it("stops for good, keeps the best, and spends less", () => {
    const { trials, steps } = simulate(make({}, "halving"));
    expect(trials[best]!.state).toBe("complete");
    expect(steps).toBeLessThan((27 * 60) / 2);
    expect(trials.some(({ state }) => state === "paused")).toBe(false);
    expect(trials.find(({ state }) => state === "pruned")!.state).toBe("pruned");
  });
});

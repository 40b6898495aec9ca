import { describe, expect, it } from "vitest";
import { keyedStreams } from "../../numeric/random/keyed-streams.ts";
import { makeTrial } from "../../objective/testing/make-trial.testing.ts";
import { makeView } from "../../sampler/testing/make-view.testing.ts";
import { float } from "../../space/builders.ts";
import { defineSpace } from "../../space/define-space.ts";
import type { JsonValue } from "../../space/json.ts";
import type { HistoryView } from "../../trial/history-view.ts";
import type { Metric } from "../../trial/metric.ts";
import type { Report, Trial, TrialState } from "../../trial/trial.ts";
import { createScheduler } from "../registry.ts";
import { schedulerContract } from "../scheduler.contract.ts";
import { Simulator } from "../testing/simulate.testing.ts";

const SPACE = defineSpace({ x: float(0, 1) });
const LOSS: Metric = { name: "loss", direction: "minimize" };
const make = (options: Readonly<Record<string, JsonValue>> = {}, metric = LOSS) =>
  createScheduler({ name: "wilcoxon", options }, [metric]);

schedulerContract("wilcoxon", { make: (metrics) => createScheduler({ name: "wilcoxon", options: {} }, metrics) });

/** Trials of ten folds: a level each, folds that differ much, little noise. Where each stopped, null for nowhere. */
function stops(levels: readonly number[], options: Readonly<Record<string, JsonValue>> = {}, metric = LOSS) {
  const sign = metric.direction === "minimize" ? 1 : -1;
  const curve = (trial: number, step: number): number => {
    const noise = keyedStreams(2, trial).stream(`fold ${step}`).float() / 10;
    return sign * (levels[trial]! + 5 * ((step * 7) % 10) + noise);
  };
  const plan = { metric, curve, steps: 10, workers: 1, trials: levels.length };
  const { trials, log } = new Simulator(make(options, metric), plan).run();
  return { at: trials.map(({ state, reports }) => (state === "pruned" ? reports.length : null)), log };
}

type Loss = number | "NaN" | "Infinity" | null;

/** A trial that reported these losses at the steps 1, 2 and so on; null where it told none. */
function trialOf(number: number, losses: readonly Loss[], state: TrialState = "complete"): Trial {
  const reports = losses.map((loss, seq): Report => ({ seq, step: seq + 1, values: loss === null ? {} : { loss } }));
  return makeTrial(number, 0, { params: { x: 0.5 }, state, reports });
}

function viewOf(others: readonly (readonly [Trial, number])[], own: Trial, metric: Metric = LOSS): HistoryView {
  const rows = others.map(([{ number, params, state }, value]) => ({
    ...{ trial: number, params, state, outcome: "ok" as const, segment: 0, step: 1, values: [value] },
  }));
  const records = new Map([...others.map(([trial]) => trial), own].map((trial) => [trial.number, trial]));
  return makeView({ space: SPACE, metrics: [metric], rows, pending: [], revision: 1, records });
}

/** What is said of a trial 9 at its last report, null where it may go on; the others with their own values. */
function said(
  losses: readonly Loss[],
  others: readonly (readonly [Trial, number])[],
  options: Readonly<Record<string, JsonValue>> = {},
  metric = LOSS,
): string | null {
  const trial = trialOf(9, losses, "running");
  const decision = make(options, metric).onReport(viewOf(others, trial, metric), trial, trial.reports.at(-1)!);
  return decision.action === "stop" ? decision.reason : null;
}

describe("wilcoxon", () => {
  it("stops a trial that is worse on every fold as soon as the test can tell, though folds differ far more", () => {
    expect(stops([1, 2, 0, 1, 3]).at).toEqual([null, 5, null, 5, 5]);
    expect(stops([1, 2, 0, 1, 3], { level: 0.01 }).at).toEqual([null, 7, null, 7, 7]);
    expect(stops([1, 2, 0, 1, 3], { startup: 8 }).at).toEqual([null, 8, null, 8, 8]);
    expect(stops([1, 2, 0, 1, 3], {}, { name: "loss", direction: "maximize" }).at).toEqual([null, 5, null, 5, 5]);
  });

  it("lets go on what cannot be told apart", () => {
    expect(stops([1, 1.001, 0.999, 1]).at).toEqual([null, null, null, null]);
  });

  it("stops none that is at its end, nor before three parts", () => {
    const at = (parts: number, of: number): string | null =>
      said(
        Array.from({ length: parts }, () => 5),
        [
          [
            trialOf(
              0,
              Array.from({ length: of }, () => 0),
            ),
            0,
          ],
        ],
      );
    for (let of = 1; of <= 9; of++) {
      const first = Array.from({ length: of + 2 }, (_none, k) => k + 1).find((parts) => at(parts, of) !== null) ?? null;
      expect([of, first]).toEqual([of, of < 4 ? null : of < 6 ? 3 : of < 8 ? 4 : 5]);
      expect(at(of, of)).toBeNull();
    }
  });

  it("says against whom, by how much and how surely", () => {
    const { log } = stops([1, 2]);
    const reasons = log.flatMap(({ event }) =>
      event.type === "finished" && event.decision ? [event.decision.reason] : [],
    );
    expect(reasons).toEqual([
      expect.stringMatching(
        /^loss worse by [\d.]+ on average than trial 0, the best so far, on 5 steps of both \(signed-rank test, p = 0\.0313\)$/,
      ),
    ]);
  });

  it("compares with the best complete trial, the earlier of equal ones, and never with itself", () => {
    const far = trialOf(1, [9, 9, 9, 9, 9, 9]);
    const others: readonly (readonly [Trial, number])[] = [
      [trialOf(0, [0, 0, 0, 0, 0, 0], "pruned"), -100],
      [far, Number.NaN],
      [trialOf(2, [0, 0, 0, 0, 0, 0]), 5],
      [trialOf(3, [0, 0, 0, 0, 0, 0]), 3],
      [trialOf(4, [0, 0, 0, 0, 0, 0]), 3],
    ];
    const ten = [10, 10, 10, 10, 10];
    expect(said(ten, others)).toContain("than trial 3, the best so far, on 5 steps");
    expect(said([-10, -10, -10, -10, -10], others, {}, { name: "loss", direction: "maximize" })).toContain(
      "loss worse by 10 on average than trial 2,",
    );
    expect(said(ten, [[trialOf(9, [0, 0, 0, 0, 0, 0]), 1]])).toBeNull();
    expect(said(ten, [[far, Number.POSITIVE_INFINITY]])).toBeNull();
    expect(said(ten, [])).toBeNull();
  });

  it("pairs the newest finite values of steps that both have", () => {
    const rival: readonly (readonly [Trial, number])[] = [[trialOf(0, [1, 1, 1, 1, 1, "NaN", null, 1]), 1]];
    const on = (losses: readonly Loss[]) =>
      /on (\d+) steps/.exec(said(losses, rival, { startup: 2, level: 0.5 }) ?? "")?.[1];
    expect(on([2, 2, 2, 2, 2, 2, 2])).toBe("5");
    expect(on([2, "Infinity", 2, null, 2])).toBe("3");
    expect(on([2, "NaN", "NaN"])).toBeUndefined();
    // A step that is told again.
    const again = trialOf(9, [2, 2, 2]);
    const reports = [...again.reports, { seq: 3, step: 2, values: { loss: "NaN" as const } }];
    const trial = { ...again, reports };
    const view = viewOf(rival, trial);
    const decide = (seq: number) => make({ startup: 3, level: 0.5 }).onReport(view, trial, reports[seq]!).action;
    expect([decide(1), decide(2), decide(3)]).toEqual(["continue", "stop", "continue"]);
  });

  it("stops below the level alone, with a mean that is worse too, and at a report that tells the metric", () => {
    const rival: readonly (readonly [Trial, number])[] = [
      [
        trialOf(
          0,
          Array.from({ length: 11 }, () => 0),
        ),
        1,
      ],
    ];
    const five = [1, 1, 1, 1, 1];
    expect(said(five, rival)).toContain("p = 0.0313");
    expect(said(five, rival, { level: 1 / 32 })).toBeNull();
    expect(said(five, rival, { startup: 6 })).toBeNull();
    expect(said([...five, null], rival)).toBeNull();
    const nine = Array.from({ length: 9 }, () => 1);
    expect(said([...nine, -8.9], rival)).toContain("worse by 0.01 on average");
    expect(said([...nine, -9], rival)).toBeNull();
    expect(said([...nine, -100], rival)).toBeNull();
  });

  it("looks at each row once while a study goes on", () => {
    const trials = Array.from({ length: 60 }, (_, k): readonly [Trial, number] => [trialOf(k, [k]), k]);
    const scheduler = make();
    const own = trialOf(99, [1], "running");
    let looks = 0;
    for (let length = 1; length <= trials.length; length++) {
      const view = viewOf(trials.slice(0, length), own);
      const state = new Proxy(view.columns.state, {
        get: (target, key) => {
          looks += 1;
          return Reflect.get(target, key) as unknown;
        },
      });
      scheduler.onReport({ ...view, columns: { ...view.columns, state } }, own, own.reports[0]!);
    }
    expect(looks).toBe(trials.length);
  });

  it("judges nothing without a metric", () => {
    const scheduler = createScheduler({ name: "wilcoxon", options: {} }, []);
    const own = trialOf(9, [1, 1, 1, 1, 1]);
    const view = viewOf([[trialOf(0, [0, 0, 0, 0, 0]), 0]], own);
    expect(scheduler.onReport(view, own, own.reports[4]!)).toEqual({ action: "continue" });
    expect(scheduler.next(view)).toEqual({ action: "start-new", until: null });
  });

  it("refuses options that make no sense", () => {
    expect(() => make({ level: 0.9 })).toThrow(/level is 0.9/);
    expect(() => make({ level: 0 })).toThrow(/level is 0;/);
    expect(() => make({ startup: 1 })).toThrow(/startup is 1;/);
    make({ level: 0.5, startup: 2 });
    expect(() => make({ p_threshold: 0.1 })).toThrow(/allowed are level, startup/);
  });
});

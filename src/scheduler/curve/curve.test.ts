import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { keyedStreams } from "../../numeric/random/keyed-streams.ts";
import type { JsonValue } from "../../space/json.ts";
import type { Metric } from "../../trial/metric.ts";
import { createScheduler } from "../registry.ts";
import { schedulerContract } from "../scheduler.contract.ts";
import { type Simulation, Simulator } from "../testing/simulate.testing.ts";
import { isJudged } from "./is-judged.ts";

const LOSS: Metric = { name: "loss", direction: "minimize" };

function make(options: Readonly<Record<string, JsonValue>> = {}, metrics: readonly Metric[] = [LOSS]) {
  return createScheduler({ name: "curve", options }, metrics);
}

schedulerContract("curve", { make: (metrics) => make({}, metrics) });

/** A level for each trial and a fall towards it, with some noise. */
const falling: Simulation["curve"] = (trial, step) => {
  const level = keyedStreams(3, trial).stream("level").float();
  return (
    level +
    0.5 / step +
    0.01 *
      keyedStreams(4, 1000 * trial + step)
        .stream("noise")
        .float()
  );
};

function run(curve: Simulation["curve"], options = {}, more: Partial<Simulation> = {}) {
  const plan = { metric: LOSS, curve, steps: 27, workers: 1, trials: 60, ...more };
  return new Simulator(make(options), plan).run();
}

const stops = (made: ReturnType<typeof run>) =>
  made.consultations.flatMap((asked) => (asked.kind === "report" && asked.decision.action === "stop" ? [asked] : []));

describe("curve", () => {
  it("stops what has no chance, long before its end, and keeps what ends best", () => {
    const made = run(falling);
    const level = (trial: number) => keyedStreams(3, trial).stream("level").float();
    const best = made.trials.toSorted((a, b) => level(a.number) - level(b.number)).slice(0, 3);
    expect(best.map(({ state }) => state)).toEqual(["complete", "complete", "complete"]);
    const steps = made.trials.reduce((sum, { reports }) => sum + reports.length, 0);
    expect(steps).toBeLessThan(0.6 * 60 * 27);
    for (const { trial } of stops(made)) expect(level(trial.number)).toBeGreaterThan(0.08);
  });

  it("says nothing on fewer than four points, nor before enough trials are complete", () => {
    for (const startup of [1, 5, 12]) {
      const made = run(falling, { startup });
      expect(made.trials.slice(0, startup).every(({ state }) => state === "complete")).toBe(true);
      const few = stops(made).map(({ report }) => report.step);
      expect(few.length).toBeGreaterThan(0);
      for (const step of few) expect(step).toBeGreaterThanOrEqual(4);
    }
    for (const { report } of stops(run(falling, { points: 9 }))) expect(report.step).toBeGreaterThanOrEqual(9);
    for (const { report } of stops(run(falling, { warmup: 11 }))) expect(report.step).toBeGreaterThanOrEqual(11);
  });

  it("keeps a trial whose fall is steeper, though it stands worse than all others had at that step", () => {
    const curve: Simulation["curve"] = (trial, step) =>
      trial < 20 ? 1 + trial / 100 + 0.2 / step : trial === 20 ? 3 - 0.1 * step : 3 + trial / 100;
    const made = run(curve, {}, { trials: 24 });
    expect(made.trials[20]!.state).toBe("complete");
    expect(made.trials.slice(21).map(({ state }) => state)).toEqual(["pruned", "pruned", "pruned"]);
  });

  it("says where the trial stood, how likely it was to come to what, and by which step", () => {
    const [stop] = stops(run(falling));
    const { reason } = stop!.decision as { readonly reason: string };
    expect(reason).toMatch(
      /^at step \d+: loss [\d.]+, (?:less than 0\.1|[\d.]+) % likely to come to [\d.]+ by step 27, the (?:\d+\w\w )?best of \d+ trials$/,
    );
    const later = stops(run(falling, { top: 0.3 })).at(-1)!.decision as { readonly reason: string };
    expect(later.reason).toMatch(/, the \d+(?:st|nd|rd|th) best of \d+ trials$/);
  });

  it("takes the end from the largest step of a complete trial, a declared fidelity, or its option", () => {
    const fidelity = { name: "epochs", type: "int", low: 1, high: 81, fidelity: true } as never;
    const declared = createScheduler({ name: "curve", options: {} }, [LOSS], fidelity);
    const plan = { metric: LOSS, curve: falling, steps: 27, workers: 1, trials: 40 };
    const end = (made: ReturnType<typeof run>) =>
      /by step (\d+)/.exec((stops(made)[0]!.decision as { reason: string }).reason)?.[1];
    expect(end(new Simulator(declared, plan).run())).toBe("81");
    expect(end(run(falling, { largest: 100 }))).toBe("100");
    expect(end(run(falling))).toBe("27");
  });

  it("stops a trial that tells no finite number any more, and no other for one that it skipped", () => {
    const broken: Simulation["curve"] = (trial, step) => (trial === 9 && step > 3 ? Number.NaN : falling(trial, step));
    const made = run(broken, { level: 0 }, { trials: 12 });
    expect(made.trials[9]!.state).toBe("complete");
    const stopped = run(broken, {}, { trials: 12 }).trials[9]!;
    expect(stopped.state).toBe("pruned");
    const blinking: Simulation["curve"] = (trial, step) =>
      step % 2 === 0 ? Number.NaN : 0.5 - trial / 100 + 0.1 / step;
    expect(run(blinking, {}, { trials: 12 }).trials.filter(({ state }) => state === "pruned")).toEqual([]);
  });

  it("stops nothing where all trials are alike, whatever their size", () => {
    for (const value of [0, 0.5, -1e300, 1e-300, 1e300])
      expect(stops(run(() => value, {}, { trials: 12 }))).toEqual([]);
  });

  it("decides the same in other units of the metric and of the steps", () => {
    const decided = (curve: Simulation["curve"], more: Partial<Simulation> = {}) =>
      run(curve, {}, { trials: 25, ...more }).trials.map(({ state, reports }) => [state, reports.length]);
    const plain = decided(falling);
    // Powers of two leave the bits of all quotients as they are.
    expect(decided((trial, step) => 2 ** 40 * falling(trial, step))).toEqual(plain);
    const scaled = decided(falling, {
      tells: (_trial, step, loss) => [{ step: step * 2 ** 30, values: { loss } }],
    });
    expect(scaled).toEqual(plain);
  });

  it("looks at few of very many reports", () => {
    expect(Array.from({ length: 40 }, (_none, k) => k).filter((count) => isJudged(count, 4))).toEqual([
      4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 18, 20, 22, 24, 27, 30, 33, 37,
    ]);
    const counts = Array.from({ length: 1000 }, (_none, k) => k).filter((count) => isJudged(count, 4));
    expect(counts.length).toBeLessThan(60);
  });

  it("brings any curves to an end with chances that are shares", () => {
    const value = fc.oneof(fc.double(), fc.double({ min: -2, max: 2, noNaN: true }));
    fc.assert(
      fc.property(
        fc.array(fc.array(value, { minLength: 12, maxLength: 12 }), { minLength: 6, maxLength: 9 }),
        (curves) => {
          const made = run(
            (trial, step) => curves[trial]![step - 1]!,
            { startup: 1 },
            { steps: 12, trials: curves.length },
          );
          expect(made.ended).toBe(true);
        },
      ),
      { numRuns: 30 },
    );
  });

  it("judges nothing where there is no metric, and refuses options that make no sense", () => {
    const plan = { metric: LOSS, curve: falling, steps: 9, workers: 1, trials: 9 };
    expect(stops(new Simulator(make({}, []), plan).run())).toEqual([]);
    for (const [name, value] of Object.entries({
      level: 0.6,
      top: -0.1,
      startup: 0,
      points: 3,
      warmup: -1,
      largest: 0,
    }))
      expect(() => make({ [name]: value }), name).toThrow(new RegExp(`${name} is ${value}`));
    expect(() => make({ confidence: 1 })).toThrow(/allowed are level, top, startup, points, warmup, largest/);
  });
});

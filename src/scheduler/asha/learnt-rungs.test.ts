import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { keyedStreams } from "../../numeric/random/keyed-streams.ts";
import type { JsonValue } from "../../space/json.ts";
import { History } from "../../trial/history.ts";
import type { Metric } from "../../trial/metric.ts";
import { createScheduler } from "../registry.ts";
import { type Simulation, Simulator } from "../testing/simulate.testing.ts";

const LOSS: Metric = { name: "loss", direction: "minimize" };
const make = (options: Readonly<Record<string, JsonValue>> = {}, name = "asha") =>
  createScheduler({ name, options: { largest: 27, ...options } }, [LOSS]);

const draw = (trial: number, what: string): number => keyedStreams(1, trial).stream(what).float();
/** Ranks the same at each step. */
const telling: Simulation["curve"] = (trial, step) => draw(trial, "level") + 1 / step;
/** Ranks by chance below step 3, backwards at step 1 where told to. */
const misleading =
  (backwards: boolean): Simulation["curve"] =>
  (trial, step) => {
    if (step >= 3) return draw(trial, "level") + 1 / step;
    return backwards ? 2 - draw(trial, "level") : draw(trial, "chance");
  };

function simulate(more: Partial<Simulation> = {}, options: Readonly<Record<string, JsonValue>> = {}, name = "asha") {
  const plan = { metric: LOSS, curve: telling, steps: 27, workers: 3, trials: 60, ...more };
  const result = new Simulator(make(options, name), plan).run();
  const firsts = result.trials.map(({ segments }) => segments[0]!.until);
  const reasons = result.log.flatMap(({ event }) =>
    event.type === "passed" || event.type === "paused" ? [event.decision?.reason ?? ""] : [],
  );
  return { ...result, firsts, reasons };
}

describe("the lowest rung", () => {
  it("is the one at a ninth of the largest step until a lower one is shown to tell something, then that", () => {
    const { firsts, reasons } = simulate();
    expect(firsts.slice(0, 6)).toEqual(Array(6).fill(3));
    expect(firsts.slice(20)).toEqual(Array(40).fill(1));
    expect(reasons[0]).toMatch(
      /^loss [\d.]+ at step 1, where none is judged: 0 trials have come from here to the rung above/,
    );
    expect(reasons.some((reason) => /at step 1: \d+\w\w of \d+ there, of which \d+ run on$/.test(reason))).toBe(true);
  });

  it.each([true, false])("is not one that misleads, however many trials come there (backwards: %j)", (backwards) => {
    const { firsts, reasons, trials } = simulate({ curve: misleading(backwards), trials: 120 });
    expect(firsts).toEqual(Array(120).fill(3));
    expect(reasons.filter((reason) => /at step 1: /.test(reason))).toEqual([]);
    expect(reasons.some((reason) => /not shown to be that of the rung above: rank correlation/.test(reason))).toBe(
      true,
    );
    const best = [...Array(120).keys()].reduce((a, b) => (draw(b, "level") < draw(a, "level") ? b : a));
    expect(trials[best]!.state).toBe("complete");
  });

  it("is one that is given, from the first trial on", () => {
    const { firsts } = simulate({ curve: misleading(true) }, { smallest: 1 });
    expect(firsts).toEqual(Array(60).fill(1));
  });

  it("stops nobody where it is not trusted, in the form that stops", () => {
    for (const name of ["halving", "asha"]) {
      const options: Record<string, JsonValue> = name === "asha" ? { form: "stopping" } : {};
      const { log } = simulate({ curve: misleading(true), trials: 100 }, options, name);
      const stopped = log.flatMap(({ event }) => (event.type === "finished" ? [event.decision?.reason ?? ""] : []));
      expect(stopped.some((reason) => / at step 3: /.test(reason))).toBe(true);
      expect(stopped.filter((reason) => / at step 1: /.test(reason))).toEqual([]);
    }
  });

  it("is the same for who reads all at once, whatever was hidden between", () => {
    const { log } = simulate({ trials: 40 });
    fc.assert(
      fc.property(fc.array(fc.nat(log.length - 1), { maxLength: 8 }), fc.nat(39), (stops, hidden) => {
        const history = new History(["loss"]);
        const warm = make();
        for (const [k, logged] of log.entries()) {
          history.apply(logged);
          if (stops.includes(k)) expect(warm.next(history.view())).toEqual(make().next(history.view()));
        }
        if (history.view().trial(hidden) !== undefined)
          history.apply({
            revision: log.length + 1,
            at: 0,
            event: { type: "invalidated", trial: hidden, reason: null },
          });
        expect(warm.next(history.view())).toEqual(make().next(history.view()));
      }),
      { numRuns: 20 },
    );
  });
});

describe("programs that begin anew when they are promoted", () => {
  it("use every other rung once the record says so, and are promoted by a ninth", () => {
    const { trials } = simulate({ restarts: true, trials: 100 });
    const untils = trials.map(({ segments }) => segments.map(({ until }) => until).join(" "));
    expect(new Set(untils)).toEqual(new Set(["3", "3 "]));
    const promoted = untils.filter((one) => one !== "3").length;
    expect(promoted).toBeGreaterThan(3);
    expect(promoted).toBeLessThan(100 / 9 + 6);
    const best = [...Array(100).keys()].reduce((a, b) => (draw(b, "level") < draw(a, "level") ? b : a));
    expect(trials[best]!.state).toBe("complete");
  });
});

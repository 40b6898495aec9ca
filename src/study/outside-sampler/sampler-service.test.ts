import { describe, expect, it } from "vitest";
import { createStudy, float, int, type JsonValue } from "../../index.ts";
import { samplerMethods } from "./sampler-service.ts";

const SPACE = { lr: "1e-5..1e-1 log", layers: "1..6" };
const METRICS = [{ name: "loss", direction: "minimize" }];
const BEGIN = { protocol: 1, space: SPACE, metrics: METRICS, seed: 7 };

interface Suggested {
  readonly trials: readonly {
    readonly number: number;
    readonly params: { readonly lr: number; readonly layers: number };
  }[];
}

function service(name = "tpe", options = {}) {
  const methods = samplerMethods({ name, options });
  const call = (method: string, params: JsonValue = {}) => methods[method]!(params);
  return { call, ask: (params: JsonValue = {}) => call("ask", params) as unknown as Suggested };
}

describe("a sampler that is asked", () => {
  it("counts numbers itself, and learns from what it is told", () => {
    const { call, ask } = service();
    expect(call("initialize", BEGIN)).toEqual({ protocol: 1, name: "tpe" });
    const loss = ({ lr, layers }: Suggested["trials"][0]["params"]) => (Math.log10(lr) + 3) ** 2 + layers / 6;
    const found: number[] = [];
    for (let n = 0; n < 60; n++) {
      const [trial] = ask().trials;
      expect(trial!.number).toBe(n);
      found.push(loss(trial!.params));
      expect(call("tell", { trials: [{ number: n, values: { loss: found[n]! } }] })).toEqual({});
    }
    const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
    expect(mean(found.slice(40))).toBeLessThan(0.7 * mean(found.slice(0, 10)));
  });

  it("suggests what a study suggests that was told the same", async () => {
    const { call, ask } = service("auto");
    call("initialize", BEGIN);
    const space = { lr: float(1e-5, 1e-1, { log: true }), layers: int(1, 6) };
    const study = await createStudy({ name: "same", minimize: "loss", seed: 7, space });
    for (let n = 0; n < 20; n++) {
      const asked = await study.ask();
      const [own] = ask({ count: 1 }).trials;
      // The study's first trial is the middle of the space, which is not the sampler's; told here as any other.
      if (n > 0) expect(own!.params).toEqual(asked.params);
      const params = asked.params as unknown as JsonValue;
      await study.tell(asked, { loss: n % 5 });
      call("tell", { trials: [{ number: n, params, values: { loss: n % 5 } }] });
      if (n === 0) {
        call("initialize", BEGIN);
        call("tell", { trials: [{ number: 0, params, values: { loss: 0 } }] });
      }
    }
    await study.close();
  });

  it("takes trials from elsewhere, in whatever order of their numbers, and passes over those it never hears of", () => {
    const { call, ask } = service("random");
    call("initialize", BEGIN);
    const told = (number: number) => ({ number, params: { lr: 0.01, layers: 2 }, values: { loss: number } });
    call("tell", { trials: [told(5), told(2), { params: { lr: 0.1, layers: 1 }, values: { loss: 1 } }] });
    call("tell", { trials: [{ ...told(3), state: "failed", values: {} }] });
    expect(ask({ count: 2 }).trials.map(({ number }) => number)).toEqual([7, 8]);
    expect(ask({ number: 20, pending: [{ number: 12, params: { lr: 0.1, layers: 1 } }] }).trials[0]!.number).toBe(20);
    expect(() => ask({ number: 11 })).toThrow("Trial 11 is there already; the next number is 21");
  });

  it("goes on with a trial that paused", () => {
    const { call, ask } = service();
    call("initialize", BEGIN);
    const { number } = ask().trials[0]!;
    call("tell", { trials: [{ number, state: "paused", values: { loss: 1 }, step: 3 }] });
    ask();
    call("tell", { trials: [{ number, values: { loss: 0.5 }, step: 9 }] });
    expect(ask().trials).toHaveLength(1);
  });

  it.each<[string, string, JsonValue, RegExp]>([
    ["another version", "initialize", { ...BEGIN, protocol: 2 }, /version 2 .* speaks version 1/],
    ["no space", "initialize", { metrics: METRICS }, /needs space and metrics/],
    ["a bad space", "initialize", { ...BEGIN, space: { lr: "5..1" } }, /lr/],
    ["no metric", "initialize", { ...BEGIN, metrics: [] }, /metrics/],
    ["a slip", "initialize", { ...BEGIN, sed: 1 }, /seed/],
    ["a value outside", "tell", { trials: [{ params: { lr: 7, layers: 1 }, values: { loss: 1 } }] }, /lr is 7/],
    ["no value", "tell", { trials: [{ params: { lr: 0.1, layers: 1 } }] }, /no value for loss/],
    ["a text", "tell", { trials: [{ params: { lr: 0.1, layers: 1 }, values: { loss: "0.3" } }] }, /"0.3" for loss/],
    ["an unknown trial", "tell", { trials: [{ number: 3, values: { loss: 1 } }] }, /Trial 3 is not known here/],
    ["a bad state", "tell", { trials: [{ number: 0, state: "done" }] }, /one of complete, pruned, failed, paused/],
    ["no list", "tell", { trials: 3 }, /a list of trials/],
    ["too many", "ask", { count: 1e9 }, /from 1 to 10000/],
    ["no number", "ask", { number: -1 }, /a whole number from 0 up/],
    ["no object", "ask", [1], /give an object/],
  ])("refuses %s in a sentence, and goes on", (_, method, params, message) => {
    const { call, ask } = service("random");
    call("initialize", BEGIN);
    expect(() => call(method, params)).toThrow(message);
    expect(ask().trials[0]!.number).toBe(0);
  });

  it("refuses a trial that is told twice, and whatever comes before initialize", () => {
    const { call, ask } = service("random");
    expect(() => ask()).toThrow("call initialize first");
    call("initialize", BEGIN);
    const { number } = ask().trials[0]!;
    const twice = { number, values: { loss: 1 } };
    expect(() => call("tell", { trials: [twice, twice] })).toThrow("Trial 0 has ended already");
    call("tell", { trials: [twice] });
    expect(() => call("tell", { trials: [twice] })).toThrow("Trial 0 has ended already");
  });

  it("takes several objectives", () => {
    const two = { ...BEGIN, metrics: [...METRICS, { name: "ms", direction: "minimize" }] };
    const { call, ask } = service("qmc");
    call("initialize", two);
    const [trial] = ask().trials;
    expect(() => call("tell", { trials: [{ number: trial!.number, values: { loss: 1 } }] })).toThrow("ms");
    expect(call("tell", { trials: [{ number: trial!.number, values: { loss: 1, ms: 2 } }] })).toEqual({});
  });

  it("counts its suggestions from one ask to the next, unless it is told at which it is", () => {
    const asked = (...params: readonly JsonValue[]) => {
      const { call, ask } = service("qmc");
      call("initialize", BEGIN);
      return params.flatMap((each) => ask(each).trials.map((trial) => trial.params));
    };
    const all = asked({ count: 4 });
    expect(asked({ count: 2 }, {}, {})).toEqual(all);
    expect(asked({ index: 3 })).toEqual([all[3]]);
    expect(new Set(all.map((params) => JSON.stringify(params))).size).toBe(4);
  });

  it("counts what it is told in whatever order, and refuses to hear of a trial that was passed over", () => {
    const { call, ask } = service("grid", { points: { lr: 2 } });
    call("initialize", BEGIN);
    const told = (number: number, layers: number) => ({ number, params: { lr: 1e-5, layers }, values: { loss: 1 } });
    call("tell", { trials: [told(5, 1), told(2, 2)] });
    expect(ask({ count: 100 }).trials).toHaveLength(10);
    expect(() => call("tell", { trials: [told(3, 3)] })).toThrow("Trial 3 has ended already, or was passed over");
  });

  it("learns from the step that a paused trial came to", () => {
    const suggested = (paused: JsonValue) => {
      const { call, ask } = service("tpe");
      call("initialize", BEGIN);
      for (let n = 0; n < 24; n++) {
        const [trial] = ask().trials;
        const ended = n % 2 === 0 ? (paused as object) : { values: { loss: trial!.params.lr } };
        call("tell", { trials: [{ number: n, ...ended }] });
      }
      return ask({ count: 3 });
    };
    const early = suggested({ state: "paused", values: { loss: 1e-6 }, step: 3 });
    expect(early).not.toEqual(suggested({ state: "paused", values: { loss: 1e-6 } }));
    expect(early).not.toEqual(suggested({ state: "pruned", values: { loss: 1e-6 }, step: 3 }));
  });

  it("ends with a grid, and refuses options that the sampler does not take", () => {
    const { call, ask } = service("grid", { points: { lr: 2 } });
    call("initialize", BEGIN);
    expect(ask({ count: 100 }).trials).toHaveLength(12);
    expect(ask({ count: 1 }).trials).toHaveLength(0);
    expect(() => service("grid", { ponts: {} }).call("initialize", BEGIN)).toThrow(/points/);
  });
});

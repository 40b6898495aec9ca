import { describe, expect, it } from "vitest";
import { defineSpace, float } from "../../space/index.ts";
import { readAsk, readInitialize, readTold } from "./read-sampler-call.ts";

const space = { x: { type: "float", low: 0, high: 1 } };

it.each([
  [[{ name: "loss", direction: "sideways" }]],
  [[{ name: 3, direction: "minimize" }]],
  [[{ name: "loss", direction: "minimize" }, { name: "ms" }]],
  [[{ name: "loss", direction: "minimize" }, null]],
  [[]],
  ["loss"],
] as const)("refuses metrics that are none: %j", (metrics) => {
  expect(() => readInitialize({ space, metrics } as never)).toThrow(/metrics/);
});

it("takes both directions", () => {
  const metrics = [
    { name: "loss", direction: "minimize" },
    { name: "auc", direction: "maximize" },
  ];
  expect(readInitialize({ space, metrics } as never)).toMatchObject({ metrics, seed: 0 });
});

it("says which version it speaks, and what it needs", () => {
  const metrics = [{ name: "loss", direction: "minimize" }];
  const read = (params: object) => () => readInitialize(params as never);
  expect(read({ protocol: 2, space, metrics })).toThrow(
    "initialize asks for version 2 of the protocol; this Attune speaks version 1.",
  );
  expect(read({ protocol: 1, space, metrics, seed: 3 })()).toMatchObject({ seed: 3 });
  expect(read({ metrics })).toThrow("initialize needs space and metrics.");
  expect(read({ space })).toThrow("initialize needs space and metrics.");
  expect(read({ space, metrics: [{ name: "__proto__", direction: "minimize" }] })).toThrow("__proto__");
});

const lr = defineSpace({ x: float(0, 1) });
const METRICS = [
  { name: "loss", direction: "minimize" },
  { name: "ms", direction: "minimize" },
] as const;

describe("what is asked", () => {
  const read = (params: object) => readAsk(params as never, lr);

  it("is one suggestion as a rule, of at most 10,000", () => {
    expect(read({})).toEqual({ count: 1, remaining: null });
    const all = { count: 10_000, remaining: 5, number: 3, index: 2, pending: [{ number: 1, params: { x: 0.5 } }] };
    expect(read(all)).toEqual(all);
    for (const count of [10_001, 0, 1.5, "2"]) expect(() => read({ count })).toThrow(/whole number from 1 to 10000/);
  });

  it.each([
    [{ cuont: 1 }, "count"],
    [{ pending: [{ number: 1, parms: {} }] }, "pending trial"],
    [{ pending: [{ number: 1, params: { x: 2 } }] }, "A pending trial: "],
  ])("is refused as %j", (params, words) => {
    expect(() => read(params)).toThrow(words);
  });
});

describe("what is told", () => {
  const read = (...trials: readonly object[]) =>
    readTold({ trials } as never, lr, METRICS, (number) => (number === 7 ? { x: 0.7 } : undefined));
  const params = { x: 0.5 };
  const values = { loss: 1, ms: 2 };

  it("is that a trial is complete as a rule, with the parameters that are known of it", () => {
    expect(read({ number: 7, values }, { params, values }, { number: 7, params, state: "failed" })).toEqual([
      { number: 7, params: { x: 0.7 }, state: "complete", values },
      { params, state: "complete", values },
      { number: 7, params, state: "failed", values: {} },
    ]);
    expect(readTold({}, lr, METRICS, () => undefined)).toEqual([]);
  });

  it.each(["NaN", "Infinity", "-Infinity", -0.5])("may be the number %j", (loss) => {
    expect(read({ params, values: { loss, ms: 1 } })[0]!.values).toEqual({ loss, ms: 1 });
  });

  it.each(["pruned", "failed", "paused"])("needs no values of one that is %s", (state) => {
    expect(read({ params, state })[0]).toEqual({ params, state, values: {} });
  });

  it.each([
    [{ number: 3, values }, "Trial 3 is not known here; tell its params too."],
    [{ values }, "A trial that is told is not known here; tell its params too."],
    [{ params: { x: 2 }, values }, "A trial that is told: "],
    [{ number: 7, params: { x: 2 }, values }, "Trial 7: "],
    [{ params, values: { loss: "1", ms: 1 } }, /has the value "?1"? for loss; give a number, or "NaN"/],
    [{ number: 7, values: { loss: true, ms: 1 } }, "Trial 7 has the value true for loss"],
    [{ number: 7, values: { ms: 1 } }, "Trial 7 has no value for loss; give it in values, or the state failed."],
    [{ number: 7, values: { loss: 1 } }, "Trial 7 has no value for ms"],
    [{ params, state: "done", values }, "one of complete, pruned, failed, paused"],
    [{ params, vlaues: values }, "values"],
  ])("is refused as %j", (trial, words) => {
    expect(() => read({ params, values }, trial)).toThrow(words);
  });

  it("is a list of trials", () => {
    expect(() => readTold({ trials: 3 }, lr, METRICS, () => undefined)).toThrow("a list of trials");
  });
});

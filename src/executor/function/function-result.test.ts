import { describe, expect, it } from "vitest";
import { contractJob } from "../executor.contract.ts";
import { asValues, badReport, preempted, resultOfError, resultOfValue, valuesWords } from "./function-result.ts";

const one = contractJob({ ending: "value" });
const two = { ...one, metrics: ["recall", "ms"] };
const end = { exitCode: null, signal: null, checkpoint: null };

describe("what a function returned", () => {
  it("is a trial's value", () => {
    expect(resultOfValue(one, 0.25)).toEqual({
      state: "complete",
      values: { loss: 0.25 },
      end: { ...end, outcome: "ok", message: null },
    });
    expect(resultOfValue(one, { loss: Number.NEGATIVE_INFINITY, acc: Number.NaN })).toMatchObject({
      state: "complete",
      values: { loss: "-Infinity", acc: "NaN" },
    });
    expect(resultOfValue(two, { recall: 1, ms: 2 })).toMatchObject({ state: "complete", values: { recall: 1, ms: 2 } });
  });

  it.each([
    [
      one,
      undefined,
      "error",
      "The function returned nothing; it must return a number, or an object of numbers by metric.",
    ],
    [one, { loss: "1" }, "error", 'The function returned {"loss":"1"}; it must return a number, or an object'],
    [two, "1", "error", 'The function returned "1"; it must return an object of numbers: { recall, ms }.'],
    [
      two,
      1,
      "no-metric",
      "The function returned 1, and the study has 2 objectives; it must return an object of numbers: { recall, ms }.",
    ],
    [one, {}, "no-metric", "The function returned no loss; it returned nothing."],
    [one, { acc: 1, ms: 2 }, "no-metric", "The function returned no loss; it returned acc, ms."],
    [two, { other: 1 }, "no-metric", "The function returned no recall, ms; it returned other."],
    [one, Number.NaN, "nan", "The function returned NaN for loss."],
    [two, { recall: Number.NaN, ms: Number.NaN }, "nan", "The function returned NaN for recall, ms."],
  ] as const)("is told where it is none (%#)", (job, returned, outcome, words) => {
    const result = resultOfValue(job, returned);
    expect(result).toMatchObject({ state: "failed", end: { ...end, outcome } });
    expect(result.end.message).toContain(words);
  });

  it("keeps what there is where a metric lacks or is NaN", () => {
    expect(resultOfValue(one, { acc: 3 }).values).toEqual({ acc: 3 });
    expect(resultOfValue(two, { recall: Number.NaN, ms: 2 }).values).toEqual({ recall: "NaN", ms: 2 });
  });
});

describe("what a function threw", () => {
  it("is told with the first twelve lines", () => {
    const error = new Error("broken");
    error.stack = Array.from({ length: 20 }, (_, k) => `line ${k}`).join("\n");
    const lines = Array.from({ length: 12 }, (_, k) => `line ${k}`).join("\n");
    expect(resultOfError(error)).toEqual({
      state: "failed",
      values: {},
      end: { ...end, outcome: "error", message: `The function threw: ${lines}` },
    });
  });

  it("is told without a stack, and where it is no error", () => {
    const error = new TypeError("broken");
    Object.defineProperty(error, "stack", { value: undefined });
    expect(resultOfError(error).end.message).toBe("The function threw: TypeError: broken");
    expect(resultOfError("a text").end.message).toBe("The function threw: a text");
  });
});

it("tells an attempt that was ended from one that failed", () => {
  expect(preempted({ loss: Number.POSITIVE_INFINITY })).toEqual({
    state: null,
    values: { loss: "Infinity" },
    end: { ...end, outcome: "preempted", message: "The tuner asked the function to end." },
  });
});

it("takes a number for the one objective, and an object of numbers alone", () => {
  expect(asValues(one, 3)).toEqual({ loss: 3 });
  expect(asValues(two, 3)).toBeNull();
  expect(asValues(one, { a: 1, b: Number.NaN })).toEqual({ a: 1, b: Number.NaN });
  expect(asValues(one, { a: 1, b: "2" })).toBeNull();
  for (const other of [null, undefined, "3", true, () => 3]) expect(asValues(one, other)).toBeNull();
});

it("says what a report is to be", () => {
  expect(valuesWords(one)).toBe("a number, or an object of numbers by metric");
  expect(badReport(two, 3)).toBe(
    "trial.report got 3, and the study has 2 objectives; give an object of numbers: { recall, ms }.",
  );
  expect(badReport(one, "x")).toBe("trial.report got x; give a number, or an object of numbers by metric.");
});

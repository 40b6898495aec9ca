import { expect, it } from "vitest";
import { AttuneError } from "../errors.ts";
import { endOfTold, isStopped, type Told } from "./tell.ts";

const METRICS = [{ name: "loss", direction: "minimize" }] as const;

it.each([
  [undefined, "What was told is nothing; give a number, numbers by metric, or { failed: true }."],
  [null, "What was told is null; give a number"],
  ["0.3", 'What was told is "0.3"; give a number'],
  [true, "What was told is true; give a number"],
  [3n, "What was told is the bigint 3; give a number"],
  [() => 1, "What was told is a function; give a number"],
  [Promise.resolve(1), "What was told is a Promise, to be awaited first; give a number"],
  [{ loss: "0.3" }, 'The value told for loss is "0.3"; give a number.'],
  [{ loss: 3n }, "The value told for loss is the bigint 3; give a number."],
  [{ loss: undefined }, "The value told for loss is nothing; give a number."],
  [{ acc: 1 }, "No value for loss was told (told: acc)."],
  [[], "No value for loss was told (told: nothing)."],
])("refuses %o in words", (told, message) => {
  let thrown: unknown = null;
  try {
    endOfTold(told as unknown as Exclude<Told, { stopped: true }>, METRICS);
  } catch (error) {
    thrown = error;
  }
  expect(thrown).toBeInstanceOf(AttuneError);
  expect((thrown as AttuneError).message).toContain(message);
});

it("keeps how long it took where that was told, however it ended", () => {
  for (const told of [3, { failed: true }, Number.NaN] as const) {
    expect(endOfTold(told as Exclude<Told, { stopped: true }>, METRICS, 2).end).toMatchObject({ seconds: 2 });
    expect(endOfTold(told as Exclude<Told, { stopped: true }>, METRICS).end).not.toHaveProperty("seconds");
  }
});

it("tells what ended early from all else that is told", () => {
  expect(isStopped({ stopped: true })).toBe(true);
  for (const told of [0, Number.NaN, null, undefined, "stopped", { loss: 1 }, { stopped: false }, { failed: true }, {}])
    expect(isStopped(told as never), JSON.stringify(told)).toBe(false);
});

const TWO = [...METRICS, { name: "ms", direction: "minimize" }] as const;
const end = { message: null, exitCode: null, signal: null, checkpoint: null };

it("takes a number for the one objective, and values by metric, others among them", () => {
  expect(endOfTold(3, METRICS)).toEqual({ state: "complete", values: { loss: 3 }, end: { outcome: "ok", ...end } });
  const values = { loss: Number.POSITIVE_INFINITY, ms: 2, gb: Number.NaN };
  expect(endOfTold(values, TWO)).toEqual({
    state: "complete",
    values: { loss: "Infinity", ms: 2, gb: "NaN" },
    end: { outcome: "ok", ...end },
  });
});

it("refuses one number for several objectives, and names all that lack a value", () => {
  expect(() => endOfTold(3, TWO)).toThrow(/^What was told is 3, and .*2 objectives.*; give /);
  expect(() => endOfTold({ gb: 1 }, TWO)).toThrow("No value for loss, ms was told (told: gb).");
  expect(() => endOfTold({ loss: 1 }, TWO)).toThrow("No value for ms was told (told: loss).");
});

it("is a failure where an objective is NaN, of which it names those alone", () => {
  expect(endOfTold({ loss: 1, ms: Number.NaN }, TWO)).toMatchObject({
    state: "failed",
    values: { loss: 1, ms: "NaN" },
    end: { outcome: "nan", message: "The value told for ms is NaN." },
  });
  expect(endOfTold({ loss: Number.NaN, ms: Number.NaN }, TWO).end.message).toBe("The value told for loss, ms is NaN.");
  expect(endOfTold({ failed: true, message: "no memory" }, TWO)).toEqual({
    state: "failed",
    values: {},
    end: { ...end, outcome: "reported-failed", message: "no memory" },
  });
  expect(endOfTold({ failed: true }, TWO).end.message).toBe("Reported as failed.");
});

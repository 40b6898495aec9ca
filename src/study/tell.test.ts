import { expect, it } from "vitest";
import { AttuneError } from "../errors.ts";
import { endOfTold, type Told } from "./tell.ts";

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

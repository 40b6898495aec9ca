import { expect, it } from "vitest";
import { AttuneError } from "../errors.ts";
import { inapplicable, keepable, unkeepable } from "./keepable.ts";

it("says of values that JSON cannot hold that they are not kept, and why in a line", () => {
  expect(keepable("report", () => 3)).toBe(3);
  const cause = new TypeError("Do not know how to serialize a BigInt\n    at somewhere");
  const told = (): never =>
    keepable("report", () => {
      throw cause;
    });
  expect(told).toThrow(
    new AttuneError(
      "invalid-argument",
      'The command "report" cannot be kept (Do not know how to serialize a BigInt), so nothing of it was. Give it numbers, text, true, ' +
        "false, null, and lists and objects of these; what is very large or deep in several commands.",
    ),
  );
  expect(unkeepable("report", cause)).toMatchObject({ code: "invalid-argument", cause });
  expect(unkeepable("report", "a text\nof two lines").message).toContain("cannot be kept (a text\nof two lines), so");
});

it("says of events that do not fit that the fault is ours", () => {
  const cause = new Error("of the code");
  expect(inapplicable("tell", cause)).toMatchObject({
    code: "internal",
    message: 'The command "tell" makes an event that the study cannot take, so nothing of it was kept.',
    cause,
  });
});

import { expect, it } from "vitest";
import type { AttemptEnd } from "../event.ts";
import type { Owner } from "../owner.ts";
import type { Attempt } from "../trial.ts";
import { endedAttempt } from "./ended-attempt.ts";
import { openAttempt } from "./open-attempt.ts";

const owner: Owner = { kind: "detached", token: "t" };
const open = openAttempt(2, owner, 10);
const END: AttemptEnd = { outcome: "ok", message: "m", exitCode: 3, signal: "s", checkpoint: "c" };

it.each<[string, Attempt, AttemptEnd]>([
  ["that tells nothing more", open, END],
  ["after measured seconds", open, { ...END, seconds: 1.5 }],
  ["with units", open, { ...END, units: { loss: "s" } }],
  ["with units and seconds", open, { ...END, units: { loss: "s" }, seconds: 2 }],
  ["that cost something", open, { ...END, cost: 4 }],
  ["that misses its checkpoint", open, { ...END, missing: "d" }],
  ["that is frozen", open, { ...END, frozen: { givenUp: null } }],
  ["of an attempt that gave up a checkpoint", { ...open, dropped: 7 }, END],
  ["with what only a newer version knows", open, { ...END, later: 1 } as AttemptEnd],
])("says of an end %s all that is known, in the order of before", (_what, attempt, end) => {
  const text = JSON.stringify({ ...attempt, ...end, endedAt: 20 });
  expect(JSON.stringify(endedAttempt(attempt, end, 20, null))).toBe(text);
  expect(JSON.stringify(endedAttempt(attempt, end, 20, 5))).toBe(`${text.slice(0, -1)},"steps":5}`);
});

it("leaves the attempt as it was, for others may have seen it", () => {
  const before = { ...open };
  endedAttempt(open, END, 20, 5);
  expect(open).toEqual(before);
});

import { expect, it } from "vitest";
import type { StudyCommand } from "../trial/command.ts";
import { ended, leased, StudyAtWork } from "../trial/decide/study-at-work.testing.ts";
import { decideCommand, readLeases } from "./decide-command.ts";

/** A study whose trial 0 has a holder, who took it at the time 0. */
function held(): StudyAtWork {
  const study = new StudyAtWork();
  study.enqueue(1);
  study.claim(leased("gone"));
  return study;
}

const back: StudyCommand = { type: "return", trial: 0, token: "gone", evidence: "expired", end: ended("lost") };

it("reads the leases that a command is decided by, each once, and none for any other", () => {
  const { state } = held();
  const read: string[] = [];
  const reading = (token: string): null => {
    read.push(token);
    return null;
  };
  expect(readLeases(state, { type: "invalidate", trial: 0, reason: null }, reading)).toEqual(new Map());
  expect(read).toEqual([]);
  expect(readLeases(state, back, reading)).toEqual(new Map([["gone", null]]));
  expect(read).toEqual(["gone"]);
});

it("decides by the leases that were read, and says where one is missing", () => {
  const { state } = held();
  const lease = { renewed: 1e15, expires: 2e15 };
  expect(() => decideCommand(state, back, 2e15 - 1, new Map([["gone", lease]]))).toThrow(/still leased/);
  expect(decideCommand(state, back, 2e15, new Map([["gone", lease]])).events.length).toBeGreaterThan(0);
  expect(() => decideCommand(state, back, 2e15, new Map())).toThrow('The lease of a "return" was not read before.');
});

it("says of a bug which command met it", () => {
  const { state } = held();
  const odd = { type: "import", trials: null } as never;
  const cause = expect.any(TypeError);
  expect(() => decideCommand(state, odd, 1, new Map())).toThrow(
    expect.objectContaining({ code: "internal", message: 'The command "import" could not be decided.', cause }),
  );
});

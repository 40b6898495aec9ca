import { expect, it } from "vitest";
import { makeTrial } from "../objective/testing/make-trial.testing.ts";
import type { Trial } from "../trial/trial.ts";
import { SameFailureWatch } from "./same-failure.ts";

const owner = { kind: "detached", token: "t" } as const;

function failed(number: number, exitCode: number | null, signal: string | null = null): Trial {
  const end = { endedAt: 1, outcome: "exit-code", message: "It broke.", exitCode, signal, checkpoint: null } as const;
  const attempts = [{ index: 0, owner, startedAt: 0, ...end }];
  const segments = [{ index: 0, until: null, attempts }];
  return { ...makeTrial(number, 0, { state: "failed", segments }), outcome: "exit-code", message: "It broke." };
}

function told(trials: readonly Trial[]): readonly (string | null)[] {
  const watch = new SameFailureWatch();
  return trials.map((trial) => watch.add(trial));
}

it("ends a run whose first three trials fail the same way, and says so once", () => {
  const [first, second, third, fourth] = told([0, 1, 2, 3].map((number) => failed(number, 3)));
  expect([first, second, fourth]).toEqual([null, null, null]);
  expect(third).toMatch(/^The first 3 trials all failed the same way, so the run stops\. It broke\.\n/);
});

it.each([
  ["one that ended well was the first", [makeTrial(0, 1), failed(1, 3), failed(2, 3), failed(3, 3)]],
  ["one that ended well was among them", [failed(0, 3), failed(1, 3), makeTrial(2, 1), failed(3, 3), failed(4, 3)]],
  ["they failed with other codes", [failed(0, 3), failed(1, 4), failed(2, 3), failed(3, 3)]],
  [
    "they failed by other signals",
    [failed(0, null, "SIGSEGV"), failed(1, null, "SIGABRT"), failed(2, null, "SIGSEGV")],
  ],
  ["only two have failed", [failed(0, 3), failed(1, 3)]],
])("goes on where %s", (_what, trials) => {
  expect(told(trials).every((sentence) => sentence === null)).toBe(true);
});

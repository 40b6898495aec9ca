import { expect, it, vi } from "vitest";
import { makeTrial } from "../objective/testing/make-trial.testing.ts";
import { TrialList } from "../trial/list/trial-list.ts";
import type { TrialDecision } from "../trial/trial.ts";
import { newestDecisions } from "./newest-decisions.ts";

function decided(revision: number, reason: string, action: TrialDecision["action"] = "pause"): TrialDecision {
  return { view: revision - 1, settingsVersion: 1, engine: "3", action, revision, reason };
}

it("lists what was decided last first, whichever trial it is about, without mere beginnings", () => {
  const trials = [
    makeTrial(0, 0, { decisions: [decided(1, "", "start"), decided(5, "a"), decided(9, "promoted", "resume")] }),
    makeTrial(1, 0),
    makeTrial(2, 0, { decisions: [decided(2, "", "start"), decided(7, "b", "stop")] }),
  ];
  expect(newestDecisions(trials, 9).map(({ trial, reason }) => [trial, reason])).toEqual([
    [0, "promoted"],
    [2, "b"],
    [0, "a"],
  ]);
  expect(newestDecisions(trials, 1)).toEqual([{ trial: 0, action: "resume", reason: "promoted", revision: 9 }]);
});

it("makes objects of no trials about which nothing was decided", () => {
  const trials = Array.from({ length: 30 }, (_none, number) =>
    makeTrial(number, 0, number === 20 ? { decisions: [decided(1, "late", "pause")] } : {}),
  );
  const list = TrialList.of(trials);
  const looked = vi.spyOn(list, "at");
  expect(newestDecisions(list, 9)).toEqual([{ trial: 20, action: "pause", reason: "late", revision: 1 }]);
  expect(looked.mock.calls).toEqual([[20]]);
});

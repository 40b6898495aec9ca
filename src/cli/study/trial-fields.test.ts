import { describe, expect, it } from "vitest";
import { makeTrial } from "../../objective/testing/make-trial.testing.ts";
import { choice, defineSpace, float, int } from "../../space/index.ts";
import type { Trial } from "../../trial/trial.ts";
import { defaultColumns, isTold, selectTrials, type TrialSelection, trialFields } from "./trial-fields.ts";

const space = defineSpace({
  lr: float(1e-5, 1),
  layers: int(1, 6, { when: { opt: "adam" } }),
  opt: choice(["adam", "sgd"]),
  time: float(0, 1),
});
const trials = [
  makeTrial(0, 0, { params: { lr: 0.1, opt: "adam", layers: 3, time: 0.5 }, values: { loss: 0.3, acc: 0.9 } }),
  makeTrial(1, 0, { params: { lr: 0.0001, opt: "sgd", time: 0.25 }, values: { loss: 0.2 } }),
  makeTrial(2, 0, {
    params: { lr: 0.0005, opt: "sgd", time: 0.1 },
    state: "failed",
    outcome: "nan",
    values: { loss: "NaN" },
  }),
  makeTrial(3, 0, {
    params: { lr: 0.5, opt: "adam", layers: 1, time: 0 },
    values: { loss: 0.3 },
    invalid: [{ from: 9, to: null }],
  }),
];
const SOURCE = {
  metrics: [{ name: "loss", direction: "minimize" }],
  settings: { extra: { writing: 2 } },
  space,
  measured: ["loss", "acc"],
} as const;
const fields = trialFields(SOURCE);
const numbers = (selection: TrialSelection): readonly number[] =>
  selectTrials(trials, fields, selection).map(({ number }) => number);

describe("selectTrials", () => {
  it.each([
    ["lr < 1e-3 and state == 'failed'", [2]],
    ["state == 'complete'", [0, 1]],
    ["invalid", [3]],
    ["layers >= 1", [0, 3]],
    ["not (opt == 'adam')", [1, 2]],
    ["loss < 1", [0, 1, 3]],
    ["acc > 0.5 or trial == 1", [0, 1]],
    ["`params.time` < 0.2", [2, 3]],
    ["trial in [1, 2]", [1, 2]],
    ["outcome == 'nan'", [2]],
  ])("filters by %s", (filter, expected) => {
    expect(numbers({ filter })).toEqual(expected);
  });

  it.each([
    ["loss", [1, 0, 3, 2]],
    ["-loss", [0, 3, 1, 2]],
    ["loss,-lr", [1, 3, 0, 2]],
    ["-layers", [0, 3, 1, 2]],
    ["opt, lr", [0, 3, 1, 2]],
    ["params.time", [3, 2, 1, 0]],
  ])("sorts by %s, what has no value last", (sort, expected) => {
    expect(numbers({ sort })).toEqual(expected);
  });

  it.each([
    [{}, [0, 1, 2, 3]],
    [{ filter: "loss < 1" }, [0, 1, 3]],
    [{ sort: "loss" }, [1, 0, 3, 2]],
    [{ sort: "-lr", filter: "not invalid" }, [0, 2, 1]],
  ])("gives those of %j that come behind one of them", (selection, expected) => {
    for (const [place, number] of expected.entries()) {
      const behind = selectTrials(trials, fields, selection, trials[number]);
      expect(behind.map((trial) => trial.number)).toEqual(expected.slice(place + 1));
    }
  });

  it("says what is wrong", () => {
    expect(() => numbers({ filter: "los < 1" })).toThrow(/"los".*Did you mean "loss"/);
    expect(() => numbers({ filter: "state == 'faild'" })).toThrow(/Did you mean "failed"/);
    expect(() => numbers({ filter: "lr" })).toThrow(/true or false/);
    expect(() => numbers({ sort: "lss" })).toThrow(/--sort: there is no column "lss". Did you mean "loss"/);
  });
});

describe("what was run and decided", () => {
  const attempt = { index: 0, startedAt: 0, endedAt: 9, outcome: "paused", message: "slow" } as const;
  const more = { owner: { kind: "detached", token: "t" }, exitCode: null, signal: null, checkpoint: null } as const;
  const made = (steps: readonly (number | undefined)[], reason: string | null): Trial =>
    makeTrial(9, 0, {
      message: "slow",
      segments: steps.map((ran, index) => ({
        index,
        until: null,
        attempts: [{ ...attempt, ...more, ...(ran !== undefined && { steps: ran }) }],
      })),
      ...(reason !== null && {
        decisions: [
          { view: 1, settingsVersion: 1, engine: "3", action: "pause", revision: 2, reason },
          { view: 3, settingsVersion: 1, engine: "3", action: "start", revision: 4, reason: "" },
        ],
      }),
    });

  it("sums up the steps of a trial's attempts, as far as they are known", () => {
    const ran = fields.get("ran")!;
    expect(ran.value(made([3, 6.5], null))).toBe(9.5);
    expect(ran.value(made([3, undefined], null))).toBe(3);
    expect(ran.value(made([0], null))).toBe(0);
    expect(ran.value(made([undefined], null))).toBeUndefined();
    expect(ran.integer).toBe(false);
  });

  it("says the newest decision, and does not repeat it as the message", () => {
    const shown = (trial: Trial) =>
      defaultColumns(SOURCE, fields).flatMap((field) => (isTold(field, [trial]) ? [field.name] : []));
    expect(fields.get("decision")!.value(made([3], "slow"))).toBe("paused: slow");
    expect(shown(made([3], "slow"))).toContain("decision");
    expect(shown(made([3], "slow"))).not.toContain("message");
    expect(shown(made([3], "other"))).toContain("message");
    expect(shown(made([3], null))).not.toContain("decision");
  });
});

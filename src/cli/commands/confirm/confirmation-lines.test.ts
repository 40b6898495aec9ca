import { describe, expect, it } from "vitest";
import type { Confirmation, ConfirmedLead } from "../../../analysis/index.ts";
import { createPaint } from "../../render/text.ts";
import { confirmationLines } from "./confirmation-lines.ts";

const paint = createPaint(false);
const lead: ConfirmedLead = {
  over: "runner-up",
  verdict: "better",
  lead: 0.05,
  low: 0.01,
  high: 0.09,
  error: 0.01,
  method: "paired-t",
  runs: 5,
};
const winner = { role: "winner", number: 7, first: 0.2, values: [0.25, 0.35], failed: 0, mean: 0.3 } as const;
const result: Confirmation = {
  metric: { name: "loss", direction: "minimize" },
  configurations: [
    { ...winner, interval: { low: 0.1, high: 0.5 } },
    { role: "runner-up", number: 3, first: null, values: [], failed: 2, mean: null, interval: null },
  ],
  leads: [lead],
  ignoresSeeds: false,
};
const sentence = (more: Partial<ConfirmedLead>) =>
  confirmationLines({ ...result, leads: [{ ...lead, ...more }] }, 0, paint, Number.POSITIVE_INFINITY)[4];

describe("confirmationLines", () => {
  it("has a row for each configuration and a sentence for each comparison", () => {
    expect(confirmationLines(result, 0, paint, Number.POSITIVE_INFINITY)).toEqual([
      "loss       trial  chosen for  fresh mean  95 % interval    fresh runs",
      "winner         7         0.2         0.3  0.1 to 0.5                2",
      "runner-up      3           -           -  -              0 (2 failed)",
      "",
      "The winner is better than the runner-up by 0.05 (95 % interval 0.01 to 0.09, paired t over 5 common seeds).",
    ]);
  });

  it("names what cannot be told, what was luck, and what does not vary", () => {
    expect(sentence({ verdict: "open", low: -0.01, method: "welch-t", runs: 10 })).toBe(
      "The winner cannot be told from the runner-up: its lead is 0.05 (95 % interval -0.01 to 0.09, Welch's t over 10 runs).",
    );
    expect(sentence({ verdict: "worse", lead: -0.05, over: "default" })).toContain(
      "worse than the defaults by 0.05 (95 % interval 0.01 to 0.09, paired t over 5 common seeds): its first run was lucky.",
    );
    expect(sentence({ low: 0.05, high: 0.05 })).toContain("by 0.05 (the same on all 5 common seeds).");
  });

  it("says why there is no comparison, and folds sentences at the width", () => {
    const lines = confirmationLines({ ...result, leads: [], ignoresSeeds: true }, 0, paint, 40);
    expect(lines.join(" ")).toContain(
      "No comparison with the runner-up: the runner-up has 0 fresh runs; two are needed.",
    );
    expect(lines.join(" ")).toContain("the program does not use its seed");
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(40);
  });
});

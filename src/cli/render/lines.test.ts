import { describe, expect, it } from "vitest";
import type { StudyReport } from "../../analysis/index.ts";
import { failureCause } from "../../record/failure-cause.ts";
import type { Trial, TrialState } from "../../trial/trial.ts";
import { trialLine } from "../commands/run/run-printer.ts";
import { progressLines } from "../commands/show/show.ts";
import { reportLines } from "./report-lines.ts";
import { createPaint } from "./text.ts";

const paint = createPaint(false);
const metrics = [{ name: "loss", direction: "minimize" }] as const;

const TRIAL: Trial = {
  number: 7,
  configuration: 7,
  replicate: null,
  params: { lr: 0.00123456789, opt: "adam" },
  spaceVersion: 1,
  origin: "sampler",
  suggestion: null,
  state: "complete",
  outcome: "ok",
  message: null,
  values: { loss: 0.3123456789 },
  segments: [
    {
      index: 0,
      until: null,
      attempts: [
        {
          index: 0,
          owner: { kind: "detached", token: "t" },
          startedAt: 1000,
          endedAt: 4200,
          outcome: "ok",
          message: null,
          exitCode: 0,
          signal: null,
          checkpoint: null,
        },
      ],
    },
  ],
  reports: [],
  losses: 0,
  proposedRevision: 1,
  startedRevision: 2,
  finishedRevision: 3,
  proposedAt: 900,
  startedAt: 1000,
  finishedAt: 4200,
  invalid: [],
  attributes: {},
  systemAttributes: {},
};

const REPORT: StudyReport = {
  metrics,
  limits: [],
  front: [],
  nearest: null,
  knee: null,
  winner: {
    number: 7,
    params: TRIAL.params,
    values: TRIAL.values,
    replicates: 1,
    confirmed: false,
    expected: 0.3123456789,
    uncertainty: null,
    candidate: null,
    runnerUp: {
      number: 3,
      params: {},
      value: 0.5,
      expected: 0.5,
      replicates: 1,
      uncertainty: null,
      lead: 0.1876543211,
      leadUncertainty: null,
      leadInterval: null,
    },
    default: null,
  },
  counts: { waiting: 1, running: 1, paused: 0, complete: 5, pruned: 0, failed: 2 },
  invalid: 0,
  worthless: 0,
  hasDefaults: false,
  defaultTrial: null,
  costs: null,
  time: { total: 75, median: 2.44 },
  failures: [
    {
      outcome: "exit-code",
      count: 1,
      last: 4,
      message: "The program ended with exit code 1. Its last lines:\nTraceback\nKeyError: 'x'",
    },
    { outcome: "no-metric", count: 1, last: 2, message: "It printed no metric." },
  ],
};

describe("failureCause", () => {
  it("adds the last line printed to a bare exit code", () => {
    expect(failureCause("The program ended with exit code 1. Its last lines:\nTraceback\n  KeyError: 'x'\n")).toBe(
      "The program ended with exit code 1: KeyError: 'x'",
    );
  });

  it("leaves a sentence that says the cause as it is", () => {
    expect(failureCause("The program reported loss as NaN. Its last lines:\nloss=NaN")).toBe(
      "The program reported loss as NaN.",
    );
  });
});

describe("trialLine", () => {
  it("tells number, value, mark, time and values, within the width", () => {
    expect(trialLine(TRIAL, { metrics, best: true, paint, width: 200 })).toBe(
      "trial   7  loss 0.312346     best      3.2 s  lr=0.00123457 opt=adam",
    );
    const narrow = trialLine(TRIAL, { metrics, best: false, paint, width: 60 });
    expect(narrow.length).toBeLessThanOrEqual(60);
    expect(narrow).toContain("…");
  });

  it("keeps value and mark at 40 columns, and parameters at 80, whatever the metric is called", () => {
    const name = "validation_loss_of_the_ensemble";
    const trial: Trial = { ...TRIAL, values: { [name]: 0.312345678 } };
    const named = [{ name, direction: "minimize" }] as const;
    const at = (width: number): string => trialLine(trial, { metrics: named, best: true, paint, width });
    expect(at(80)).toMatch(/0\.312346 .* best .* lr=0\.00123457 opt=adam$/);
    for (const width of [40, 80]) {
      expect(at(width).length).toBeLessThanOrEqual(width);
      expect(at(width)).toMatch(/0\.312346 +best/);
    }
  });

  it("tells a failure with its cause", () => {
    const failed: Trial = { ...TRIAL, state: "failed", outcome: "nan", message: "The program reported loss as NaN." };
    expect(trialLine(failed, { metrics, best: false, paint, width: 80 })).toBe(
      "trial   7  failed  The program reported loss as NaN.",
    );
  });
});

describe("progressLines", () => {
  it("counts by state and names what runs", () => {
    const running: Trial = { ...TRIAL, number: 9, state: "running" };
    expect(progressLines(REPORT, [TRIAL, running], 13_000, () => false)).toEqual([
      "trials   5 complete, 2 failed, 1 running, 1 waiting",
      "running  trial 9 for 12 s",
    ]);
    const others = [10, 11, 12].map((number) => ({ ...running, number }));
    const isGone = ({ number }: Trial): boolean => number > 9;
    expect(progressLines(REPORT, [running, ...others], 13_000, isGone).slice(1)).toEqual([
      "running  trial 9 for 12 s",
      "lost     trials 10-12 do not run any more: their process is gone; attune run tries them again",
    ]);
  });
});

describe("reportLines", () => {
  it("says the winner, its lead with a warning about single runs, failures, and the command", () => {
    expect(reportLines(REPORT, "train --lr 0.1", paint)).toEqual([
      "best     loss 0.312346  trial 7, one run",
      "  lr   0.00123457",
      "  opt  adam",
      "lead     0.188 better than the next (trial 3: 0.5); one run each, luck is not ruled out",
      "time     1 min 15 s of trials, 2.4 s each (median)",
      "failed   2 of 7: 1 × ended with an error code, 1 × printed no metric",
      "  trial 4: The program ended with exit code 1: KeyError: 'x'",
      "  trial 2: It printed no metric.",
      "",
      "run the winner again:",
      "  train --lr 0.1",
    ]);
  });

  it("gives the standard errors where runs were repeated", () => {
    const winner = REPORT.winner!;
    const runnerUp = { ...winner.runnerUp!, replicates: 3, leadUncertainty: 0.012, uncertainty: 0.01 };
    const interval = { low: 0.1, high: 0.2, method: "paired-t", runs: 3, error: 0.012, lead: 0.188 } as const;
    const sure = {
      ...REPORT,
      winner: { ...winner, replicates: 3, uncertainty: 0.0071, runnerUp: { ...runnerUp, leadInterval: interval } },
      failures: [],
    };
    const lines = reportLines(sure, null, paint);
    expect(lines[0]).toBe("best     loss 0.312346 ± 0.0071  trial 7, mean of 3 runs");
    expect(lines[3]).toBe(
      "lead     0.188 ± 0.012 better than the next (trial 3: 0.5); more than chance: 0.1 to 0.2 with 95 % confidence",
    );
  });

  it("compares with the defaults where they were tried", () => {
    const winner = { ...REPORT.winner!, default: { ...REPORT.winner!.runnerUp!, number: 7, lead: 0 } };
    expect(reportLines({ ...REPORT, winner, failures: [] }, null, paint)).toContain(
      "default  the defaults are the best so far",
    );
  });

  it("says when the defaults were never tried, and how many failed for a cause", () => {
    const failures = [{ ...REPORT.failures[0]!, count: 3 }];
    const lines = reportLines({ ...REPORT, hasDefaults: true, failures }, null, paint);
    expect(lines).toContain("default  not tried, so no lead over it is known");
    expect(lines).toContain("  trial 4 and 2 others: The program ended with exit code 1: KeyError: 'x'");
  });

  it("says of defaults that failed, run or were stopped that they did, not that they were never tried", () => {
    const line = (state: TrialState): string | undefined =>
      reportLines({ ...REPORT, hasDefaults: true, defaultTrial: { number: 0, state } }, null, paint).find((one) =>
        one.startsWith("default"),
      );
    expect(line("failed")).toBe("default  failed (trial 0), so no lead over it is known");
    expect(line("pruned")).toBe("default  stopped early (trial 0), so no lead over it is known");
    expect(line("running")).toBe("default  running (trial 0), so no lead over it is known");
    expect(line("complete")).toBe("default  without a finite value (trial 0), so no lead over it is known");
  });

  it("names the kept metrics beside the tuned one, and notes before the command", () => {
    const winner = { ...REPORT.winner!, values: { loss: 0.3, acc: 0.91, size: 1_200_000 } };
    const lines = reportLines({ ...REPORT, winner, failures: [] }, "train", paint, ["note     odd"]);
    expect(lines[0]).toBe("best     loss 0.3  trial 7, one run");
    expect(lines).toContain("kept     acc 0.91  size 1200000");
    expect(lines.slice(-4)).toEqual(["note     odd", "", "run the winner again:", "  train"]);
  });

  it("says which trial was better at a lower step than the winner, and that none was run in full yet", () => {
    const part = { number: 9, value: 0.4, step: 27 };
    const costs = { steps: 120, fullRun: 81, fullRuns: 120 / 81, inPart: part, ahead: { ...part, winnerValue: 0.45 } };
    const line = "ahead    trial 9 was better at step 27 of 81 (loss 0.4 against 0.45), and is not yet run in full";
    expect(reportLines({ ...REPORT, costs }, null, paint)).toContain(line);
    expect(reportLines({ ...REPORT, costs: { ...costs, ahead: null } }, null, paint)).not.toContain(line);
    const none = {
      ...REPORT,
      winner: null,
      counts: { ...REPORT.counts, complete: 0 },
      costs: { ...costs, ahead: null },
    };
    expect(reportLines(none, null, paint)[0]).toBe(
      "best     none yet: not yet run in full; of those that came furthest trial 9 is the best, loss 0.4 at step 27 of 81",
    );
  });

  it("says that there is no winner, and why", () => {
    expect(reportLines({ ...REPORT, winner: null, counts: { ...REPORT.counts, complete: 0 } }, null, paint)[0]).toBe(
      "best     none: no trial was completed",
    );
  });
});

import { describe, expect, it } from "vitest";
import { keyedStreams } from "../../../numeric/random/keyed-streams.ts";
import { makeTrial } from "../../../objective/testing/make-trial.testing.ts";
import { FIGURE_NAMES } from "../../../plot/index.ts";
import { choice, defineSpace, float, sampleUniform } from "../../../space/index.ts";
import { createPaint, displayWidth, glyphsFor } from "../../render/text.ts";
import { drawAsText, figuresOf, readPlotNames, TEXT_FIGURES } from "./draw-plot.ts";

const space = defineSpace({
  lr: float(1e-4, 1, { log: true }),
  opt: choice(["adam", "stochastic gradient descent"]),
  momentum: float(0, 1, { when: { opt: "adam" } }),
});
const attempt = { index: 0, owner: { kind: "detached", token: "t" }, message: null, signal: null } as const;

function study(count: number) {
  const trials = Array.from({ length: count }, (_, number) => {
    const params = sampleUniform(space, keyedStreams(1, number));
    const [startedAt, endedAt] = [1000 * number, number === count - 1 ? null : 1000 * number + 1500];
    const outcome = number % 5 === 0 ? "exit-code" : "ok";
    const ended = { ...attempt, startedAt, endedAt, outcome, exitCode: null, checkpoint: null } as const;
    const segments = [{ index: 0, until: null, attempts: [ended] }];
    const value = (Math.log10(Number(params.lr)) + 2) ** 2;
    const reports = [1, 2, 3].map((step, seq) => ({ seq, step, values: { loss: value + 1 / step } }));
    const state = outcome === "ok" ? "complete" : "failed";
    return makeTrial(number, value, { params, segments, state, outcome, reports });
  });
  return { metrics: [{ name: "loss", direction: "minimize" }] as const, limits: [], space, trials: () => trials };
}

const style = { glyphs: glyphsFor({ LANG: "C.UTF-8" }), paint: createPaint(true), now: 40_000 };

describe("figures in text", () => {
  it.each(TEXT_FIGURES.flatMap((name) => [40, 60, 100].map((width) => [name, width] as const)))(
    "%s keeps within %d columns of figure",
    (name, width) => {
      const lines = drawAsText(figuresOf(name, study(40))[0]!, { ...style, width });
      // Headings may be longer: the terminal folds them.
      const drawn = lines.filter((line) => /[│└┤·█]/.test(line.slice(0, width)) && !line.includes("   "));
      for (const line of drawn) expect(displayWidth(line)).toBeLessThanOrEqual(width);
      expect(lines.length).toBeGreaterThan(3);
    },
  );

  it.each(FIGURE_NAMES)("%s says so when there is nothing to draw, and draws a single trial", (name) => {
    expect(drawAsText(figuresOf(name, study(0))[0]!, { ...style, width: 80 })).toHaveLength(1);
    expect(drawAsText(figuresOf(name, study(2))[0]!, { ...style, width: 80 }).join("\n")).not.toMatch(/NaN|undefined/);
  });

  it("draws the history with improvements and failures", () => {
    const lines = drawAsText(figuresOf("history", study(6))[0]!, { ...style, width: 60, paint: createPaint(false) });
    expect(lines[0]).toBe("loss (minimize)   ● best so far   · a trial   2 failed");
    expect(lines.join("\n")).toContain("●─");
    expect(lines.at(-2)).toMatch(/trial 0 +5$/);
  });

  it("draws learning curves, the best one through, and where trials were stopped and promoted", () => {
    const reports = [4, 3, 2].map((loss, seq) => ({ seq, step: 10 * seq, values: { loss } }));
    const decision = { view: 1, settingsVersion: 1, engine: "3", revision: 9, reason: "because" } as const;
    const trials = [
      makeTrial(0, 2, { reports }),
      makeTrial(1, 4, {
        reports: reports.slice(0, 1),
        state: "pruned",
        decisions: [{ ...decision, action: "stop", report: 0 }],
      }),
      makeTrial(2, 4, { reports, decisions: [{ ...decision, action: "resume" }] }),
    ];
    const source = { ...study(0), trials: () => trials };
    const lines = drawAsText(figuresOf("curves", source)[0]!, { ...style, width: 60, paint: createPaint(false) });
    expect(lines[0]).toBe("loss (minimize) of 3 trials   ─ trial 0, the best   x 1 stopped   ^ 1 promoted");
    expect(lines[1]).toMatch(/^4 │x/);
    expect(lines.at(-4)).toMatch(/^2 │ +\^$/);
    expect(lines.at(-2)).toMatch(/step 0 +20$/);
  });

  it("reads names with commas, and knows the one that was meant", () => {
    expect(readPlotNames("history, slice")).toEqual(["history", "slice"]);
    expect(() => readPlotNames("timelin")).toThrow('Did you mean "timeline"?');
  });
});

import { describe, expect, it } from "vitest";
import type { HeldOutRun } from "../held-out-run.ts";
import { ended, StudyAtWork } from "./study-at-work.testing.ts";

const RUN: HeldOutRun = {
  ...{ number: 0, role: "winner", trial: 0, params: { x: 1 }, seed: 7, metric: "loss", reading: null },
  ...{ command: { argv: ["run"] }, values: { loss: 1 }, end: ended("ok"), startedAt: 1, endedAt: 2 },
};

describe("recording a run on held-out data", () => {
  it("keeps it, with values that are no numbers as words, and changes no trial", () => {
    const study = new StudyAtWork();
    study.enqueue(1);
    const trials = JSON.stringify(study.state.trials());
    study.send({ type: "record-held-out", run: { ...RUN, values: { loss: Number.NaN, gap: 0.5 } } });
    study.send({ type: "record-held-out", run: { ...RUN, number: 1, role: "default", trial: null } });
    expect(study.state.heldOut).toMatchObject([
      { number: 0, role: "winner", trial: 0, values: { loss: "NaN", gap: 0.5 } },
      { number: 1, role: "default", trial: null, values: { loss: 1 } },
    ]);
    expect(JSON.stringify(study.state.trials())).toBe(trials);
  });

  it("is refused for a trial that there is not, and for parameters that JSON does not carry", () => {
    const study = new StudyAtWork();
    const recorded = (run: Partial<HeldOutRun>): unknown =>
      study.refused({ type: "record-held-out", run: { ...RUN, ...run } });
    expect(recorded({})).toMatchObject({ code: "unknown-trial", message: expect.stringContaining("it has none yet") });
    study.enqueue(1);
    expect(recorded({ trial: 1 })).toMatchObject({
      code: "unknown-trial",
      message: expect.stringContaining("its trials are 0 to 0"),
    });
    expect(recorded({ params: { x: [Number.NaN] } })).toMatchObject({ code: "invalid-params" });
  });
});

import { describe, expect, it } from "vitest";
import { makeTrial } from "../../objective/testing/make-trial.testing.ts";
import { makeView } from "../../sampler/testing/make-view.testing.ts";
import { defineSpace } from "../../space/define-space.ts";
import type { Report, Values } from "../../trial/trial.ts";
import { LimitStop, stoppingLimit } from "./limit-stop.ts";

function reasonsOf(limits: readonly string[], told: readonly Values[], params = {}): readonly (string | null)[] {
  const reports = told.map((values, seq): Report => ({ seq, step: seq + 1, values }));
  const trial = makeTrial(0, 0, { state: "running", reports, params });
  const view = makeView({
    space: defineSpace({}),
    metrics: [{ name: "loss", direction: "minimize" }],
    rows: [],
    pending: [],
    revision: 1,
    records: new Map([[0, trial]]),
  });
  const stop = new LimitStop(limits, ["seconds", "mb"]);
  return reports.map((report) => stop.reason(view, trial, report));
}

describe("LimitStop", () => {
  it("stops a trial with the report by which it breaks a limit for good", () => {
    const [first, second] = reasonsOf(["seconds <= 20"], [{ seconds: 19.5 }, { seconds: 21 }]);
    expect(first).toBe(null);
    expect(second).toBe('limit: seconds 21 at step 2 breaks "seconds <= 20", which can only get worse');
    expect(stoppingLimit(second!)).toBe("seconds <= 20");
    expect(stoppingLimit("loss 3 at step 2: 4th of 9 there, of which 3 run on")).toBe(null);
  });

  it("knows what was told before, and leaves what may yet be kept", () => {
    const told: readonly Values[] = [{ seconds: 15 }, { mb: 4 }, { mb: 6 }];
    expect(reasonsOf(["seconds + mb <= 20"], told).map((reason) => reason !== null)).toEqual([false, false, true]);
    expect(reasonsOf(["seconds <= 20 or loss <= 0.1"], [{ seconds: 30, loss: 1 }])).toEqual([null]);
    expect(
      reasonsOf(
        ["seconds <= 20 or mb <= 5"],
        [
          { seconds: 30, mb: 1 },
          { seconds: 30, mb: 6 },
        ],
      )[1],
    ).toMatch(/^limit: /);
    expect(reasonsOf(["loss <= 0.1"], [{ loss: 9 }])).toEqual([null]);
    expect(reasonsOf(["seconds <= params.most"], [{ seconds: 6 }], { most: 5 })[0]).toMatch(/^limit: /);
  });

  it("has nothing to watch where no limit is of what grows", () => {
    expect(new LimitStop(["loss <= 1"], ["seconds"]).watches).toBe(false);
    expect(new LimitStop(["seconds <= 1"], []).watches).toBe(false);
    expect(new LimitStop(["seconds <= 1"], ["seconds"]).watches).toBe(true);
  });
});

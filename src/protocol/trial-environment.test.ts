import { describe, expect, it } from "vitest";
import { extendRunMarker, trialEnvironment } from "./trial-environment.ts";

const base = {
  study: "digits",
  trial: 3,
  segment: 0,
  attempt: 1,
  seed: 42,
  fold: null,
  params: {},
  metrics: ["loss"],
  until: null,
  checkpointFolder: null,
  resumeFrom: null,
  stopFile: null,
  runMarker: "m",
};

describe("trialEnvironment", () => {
  it("tells the trial, its parameters and its folders", () => {
    const params = { lr: 0.1, "ranger.num-trees": 5, flag: true, name: "a b" };
    expect(
      trialEnvironment({
        ...base,
        params,
        until: 9,
        checkpointFolder: "/c",
        resumeFrom: "/r",
        stopFile: "/s",
        fold: 2,
      }),
    ).toEqual({
      ATTUNE_STUDY: "digits",
      ATTUNE_STOP_FILE: "/s",
      ATTUNE_TRIAL: "3",
      ATTUNE_SEGMENT: "0",
      ATTUNE_ATTEMPT: "1",
      ATTUNE_SEED: "42",
      ATTUNE_FOLD: "2",
      ATTUNE_UNTIL: "9",
      ATTUNE_METRICS: "loss",
      ATTUNE_CHECKPOINT_DIR: "/c",
      ATTUNE_RESUME_FROM: "/r",
      ATTUNE_RUN: "m",
      ATTUNE_PARAMS: JSON.stringify(params),
      ATTUNE_PARAM_LR: "0.1",
      ATTUNE_PARAM_RANGER_NUM_TREES: "5",
      ATTUNE_PARAM_FLAG: "true",
      ATTUNE_PARAM_NAME: "a b",
    });
  });

  it("gives no variable to names that would share one", () => {
    const variables = trialEnvironment({ ...base, params: { "a.b": 1, "a-b": 2, A_B: 3, c: 4 } });
    expect(Object.keys(variables).filter((name) => name.startsWith("ATTUNE_PARAM_"))).toEqual(["ATTUNE_PARAM_C"]);
  });

  it("keeps the marker of a tuner around this one", () => {
    expect(extendRunMarker(undefined, "b/")).toBe("b/");
    expect(extendRunMarker("a/", "b/")).toBe("a/ b/");
  });
});

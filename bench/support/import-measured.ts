import type { Params } from "../../src/space/json.ts";
import type { Study } from "../../src/study/index.ts";

/** Adds finished trials with a loss to a study, as if they had been run elsewhere. */
export async function importMeasured(study: Study, trials: readonly Params[], loss: (params: Params) => number) {
  await study.importTrials(
    trials.map((params) => ({
      params,
      state: "complete",
      values: { loss: loss(params) },
      reports: [],
      startedAt: null,
      finishedAt: null,
      attributes: {},
    })),
  );
}

import { describe, expect, it } from "vitest";
import { stoppingLimit } from "../scheduler/index.ts";
import { int } from "../space/index.ts";
import { openStorage } from "../storage/registry.ts";
import { createStudy } from "./create-study.ts";
import type { StudyOptions } from "./study-options.ts";

const SPACE = { pace: int(1, 9) };
const OPTIONS = {
  name: "served",
  minimize: ["loss", "seconds"],
  limits: ["seconds <= 20"],
  space: SPACE,
  sampler: "grid",
} as const satisfies StudyOptions<typeof SPACE, string>;

/** Four steps, each of which takes `pace` seconds. */
async function tuned(grows: readonly string[]) {
  const study = await createStudy({ ...OPTIONS, grows });
  await study.optimize(
    async (trial) => {
      const { pace } = trial.params;
      let step = 0;
      while (step < 4) {
        step += 1;
        await trial.report(step, { loss: 1 / pace, seconds: step * pace });
      }
      return { loss: 1 / pace, seconds: step * pace };
    },
    { trials: 9, workers: 1 },
  );
  return study;
}

describe("a limit that can only get worse", () => {
  it("stops trials with the report by which they break it, whatever the scheduler, and says so", async () => {
    const study = await tuned(["seconds"]);
    for (const { params, state, decisions = [] } of study.trials()) {
      const breaks = 4 * params.pace > 20;
      const step = Math.ceil(20.5 / params.pace);
      expect([params, state]).toEqual([params, breaks ? "pruned" : "complete"]);
      expect(decisions.map(({ report }) => report)).toEqual(breaks ? [step - 1] : []);
      expect(decisions.map(({ reason }) => stoppingLimit(reason))).toEqual(breaks ? ["seconds <= 20"] : []);
    }
    expect(study.summary().front).toHaveLength(5);
    const replayed = await study.replay();
    expect(replayed.decisions).toMatchObject({ checked: 4, differences: [], otherEngine: [] });
  });

  it("stops none where nothing is said to grow", async () => {
    const study = await tuned([]);
    expect(study.trials().every(({ state }) => state === "complete")).toBe(true);
  });
});

describe("what grows", () => {
  it("is a setting of a living study, which stays until another is given", async () => {
    const storage = await openStorage(":memory:");
    const growing = async (more: Partial<StudyOptions<typeof SPACE, string>>) =>
      (await createStudy({ ...OPTIONS, ...more, storage })).settings.grows;
    expect(await growing({})).toBe(undefined);
    expect(await growing({ grows: ["seconds", "seconds"] })).toEqual(["seconds"]);
    expect(await growing({})).toEqual(["seconds"]);
    await expect(growing({ grows: ["mb"] })).rejects.toThrow(/grows names "mb", which is no objective/);
    expect(await growing({ grows: [] })).toBe(undefined);
  });
});

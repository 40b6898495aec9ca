import { expect, it } from "vitest";
import { float } from "../space/index.ts";
import { openStorage } from "../storage/registry.ts";
import { createStudy } from "./create-study.ts";
import { leasedOwner } from "./new-owner.ts";
import { stoppedByLimits } from "./stopped-by-limits.ts";
import { StudyLog } from "./study-log.ts";

const stoppedBy = (limit: string) => `limit: gb 9 at step 2 breaks ${JSON.stringify(limit)}, which can only get worse`;

/** The state of a study with a trial for each list of reasons: rungs that it passed, and why it was stopped. */
async function stopped(reasons: readonly (readonly string[])[]) {
  const storage = await openStorage(":memory:");
  const study = await createStudy({
    name: "s",
    minimize: "loss",
    space: { x: float(0, 1) },
    sampler: "random",
    storage,
  });
  const log = await StudyLog.open(storage, study.id);
  const values = { loss: 1 };
  for (const [trial, all] of reasons.entries()) {
    const owner = leasedOwner("0");
    const { token } = owner;
    await study.enqueue({ x: trial / 10 });
    await log.execute({ type: "claim", owner, limit: null, until: null, candidate: null });
    const reports = all.map((_, seq) => ({ seq, step: seq + 1, values }));
    await log.execute({ type: "report", trial, token, reports });
    for (const [report, reason] of all.entries()) {
      const decision = { view: log.revision, settingsVersion: 1, engine: "1", reason, report };
      const end = { outcome: "stopped", message: reason, exitCode: 0, signal: null, checkpoint: null } as const;
      if (report < all.length - 1) await log.execute({ type: "pass", trial, token, decision });
      else await log.execute({ type: "finish", trial, token, state: "pruned", values, end, decision });
    }
  }
  return { study, log };
}

it("names those that a limit stopped which is none any more, by what stopped them in the end", async () => {
  const { study, log } = await stopped([
    ["a rung", stoppedBy("gb <= 5")],
    [stoppedBy("gb <= 5"), "the worst of its rung"],
    [stoppedBy("gb <= 5")],
    [stoppedBy("ms <= 2")],
    ["the worst of its rung"],
  ]);
  const told = (limits: readonly string[]) => stoppedByLimits(log.state, limits);
  expect(told([])).toEqual([
    'Trials 0 and 2 were stopped by "gb <= 5", which is no limit any more; enqueue their values to have them run to the end.',
    'Trial 3 was stopped by "ms <= 2", which is no limit any more; enqueue its values to have it run to the end.',
  ]);
  expect(told(["gb <= 5"])).toEqual([expect.stringMatching(/^Trial 3 was stopped/)]);
  expect(told(["gb <= 5", "ms <= 2"])).toEqual([]);
  await study.invalidate(0);
  await log.refresh();
  expect(told(["ms <= 2"])).toEqual([expect.stringMatching(/^Trial 2 was stopped by "gb <= 5"/)]);
});

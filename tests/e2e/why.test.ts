import { expect, it } from "vitest";
import { attune, folder, TRAIN, TRAIN_COMMAND } from "./attune.ts";

it("says in words why each trial was suggested", async () => {
  const cwd = folder({ "train.mjs": TRAIN });
  const words = ["run", "--minimize", "loss", "--trials", "8", "--seed", "1", "--sampler", "gp", ...TRAIN_COMMAND];
  expect((await attune(cwd, words)).code).toBe(0);
  const { code, out } = await attune(cwd, ["why", "train", "0", "5-6"]);
  expect(code).toBe(0);
  expect(out).toMatch(/^trial 0: .*\n {2}gp suggested it to cover the space, before any model \(0 results\)\.\n/);
  expect(out).toContain("gp suggested it by the model that fits the results best, knowing 6 results.");
  expect(out).toMatch(/Expected loss: \S+, within one standard deviation from \S+ to \S+\.\n/);
  const explained = JSON.parse((await attune(cwd, ["why", "5", "train", "--json"])).out);
  expect(explained).toMatchObject({ trial: 5, sampler: "gp", equal: true, why: { phase: "model", member: "drawn" } });
  expect(explained.why.predicted.low).toBeLessThanOrEqual(explained.why.predicted.mean);

  await attune(cwd, ["enqueue", "lr=0.1", "layers=2", "--study", "train"]);
  expect((await attune(cwd, ["why", "8"])).out).toContain("No sampler suggested it: it was enqueued.");
  expect(await attune(cwd, ["why", "99"])).toMatchObject({ code: 2, err: expect.stringContaining("no trial 99") });
});

import { expect, it } from "vitest";
import { float } from "../space/index.ts";
import { openStorage } from "../storage/registry.ts";
import { createStudy } from "./create-study.ts";
import { frontChoices } from "./front-choices.ts";
import { StudyLog } from "./study-log.ts";

async function fronted(minimize: string | readonly string[] = ["loss", "ms"]) {
  const storage = await openStorage(":memory:");
  const space = { x: float(0, 1) };
  const study = await createStudy({ name: "s", minimize, space, sampler: "random", storage });
  const log = await StudyLog.open(storage, study.id);
  const run = async (trials: number) =>
    await study.optimize(({ number }) => ({ loss: number, ms: number === 3 ? 9 : -number }), { trials });
  const said = async () => {
    await log.refresh();
    return frontChoices(log.state);
  };
  const written = async () => (await storage.read(study.id, log.revision)).map(({ event }) => event.type);
  return { study, log, run, said, written };
}

it("keeps what was said of points of the front, the newest of those about the same trials, and forgets it all", async () => {
  const { study, log, run, said } = await fronted();
  await run(4);
  expect(await said()).toEqual({ answers: [], taken: null });
  await study.choose(2, [1]);
  await study.choose(0, [2, 1]);
  await study.choose(1, [2]);
  expect(await said()).toEqual({
    answers: [
      { preferred: 1, over: [2] },
      { preferred: 0, over: [2, 1] },
    ],
    taken: null,
  });
  await study.choose(2);
  expect((await said()).taken).toBe(2);
  // Another answer after that puts it in question.
  await study.choose(0, [1]);
  expect((await said()).taken).toBe(null);
  expect((await said()).answers).toHaveLength(3);
  await study.choose(1);
  await log.execute({ type: "set-attribute", trial: null, system: true, key: "attune.other", text: '{"preferred":9}' });
  await study.choose(null);
  expect(await said()).toEqual({ answers: [], taken: null });
  expect(log.state.systemAttributes["attune.other"]).toBe('{"preferred":9}');
});

it("writes no more than it must", async () => {
  const { study, run, said, written } = await fronted();
  await run(3);
  await said();
  await study.choose(1, [0]);
  expect(await written()).toEqual(["attribute-set"]);
  await study.choose(2);
  await said();
  await study.choose(1, [2]);
  expect(await written()).toEqual(["attribute-set", "attribute-set"]);
});

it("takes trials of the front alone, each once, of several objectives", async () => {
  const { study, run } = await fronted();
  await expect(study.choose(0)).rejects.toThrow("Trial 0 is not on the front of study s, which is empty so far.");
  await run(4);
  await expect(study.choose(3)).rejects.toThrow("Trial 3 is not on the front of study s, which has 0, 1, 2.");
  await expect(study.choose(0, [3])).rejects.toThrow("Trial 3 is not on the front");
  await expect(study.choose(0, [1, 0])).rejects.toThrow("Trial 0 is compared with itself; name each once.");
  await study.choose(0, [1, 2]);
  const one = await fronted("loss");
  await one.run(2);
  await expect(one.study.choose(0)).rejects.toThrow(
    "Study s has one objective, and the best by it is the best: there is nothing to choose.",
  );
});

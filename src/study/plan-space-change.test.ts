import { describe, expect, it } from "vitest";
import { boolean, choice, derived, float, int } from "../space/index.ts";
import { createStudy } from "./create-study.ts";

const space = { lr: float(0.1, 1), n: int(1, 6) };

/** A study whose trials had these parameters. */
async function study(trials: readonly { readonly lr: number; readonly n: number }[], more = {}) {
  const made = await createStudy({ name: "s", minimize: "loss", space: { ...space, ...more }, sampler: "random" });
  for (const params of trials) await made.enqueue(params as never);
  await made.optimize(({ params }) => Number(params.lr), { trials: trials.length });
  return made;
}

const THREE = [
  { lr: 0.15, n: 1 },
  { lr: 0.5, n: 2 },
  { lr: 0.9, n: 2 },
];

describe("what another space means for the trials so far", () => {
  it("is nothing where it is the same", async () => {
    const made = await study(THREE);
    expect(await made.editSpace({ set: space })).toMatchObject({ applied: false, changes: [], losses: [] });
    expect(await made.editSpace({ set: { lr: float(0.1, 2) } }, { dryRun: true })).toMatchObject({ applied: false });
    expect(made.space.parameters[0]).toMatchObject({ high: 1 });
  });

  it("names the trials that lie outside, one or several, and the best among them", async () => {
    const made = await study(THREE);
    const losses = async (lr: ReturnType<typeof float>) =>
      (await made.editSpace({ set: { lr } }, { dryRun: true })).losses;
    expect(await losses(float(0.1, 0.6))).toEqual([
      "trial 2 (1 of 3) lies outside the new space: samplers will not learn from it any more; it stays in the record and in the budget.",
    ]);
    expect(await losses(float(0.6, 1))).toEqual([
      "trials 0 and 1 (2 of 3), among them 0, the best so far, lie outside the new space: samplers will not learn from them any more; " +
        "they stay in the record and in the budget.",
    ]);
    expect(await losses(float(0.12, 1))).toEqual([]);
  });

  it("takes what trials lacked as it is said: in words of the program's, outside the range too", async () => {
    const made = await study(THREE);
    const add = { drop: float(0, 0.5), nesterov: boolean(), opt: choice(["adam", "sgd"]) };
    const was = { drop: 2, nesterov: "true", opt: "sgd" };
    const told = await made.editSpace({ add, was }, { accept: true });
    expect(told.changes.slice(3)).toEqual([
      "3 trials without drop will count as 2.",
      "3 trials without nesterov will count as true.",
      '3 trials without opt will count as "sgd".',
    ]);
    expect(told.leftOut).toEqual([0, 1, 2]);
    expect(made.programParams(0)).toEqual({ lr: 0.15, n: 1, drop: 2, nesterov: true, opt: "sgd" });
  });

  it.each([
    [{ was: { nosuch: 1 } }, '"was" names nosuch, which is no parameter of the new space'],
    [{ was: { drop: "" } }, "drop"],
    [{ was: { drop: [1] } }, "drop was [1], it is said; allowed: numbers from 0 to 0.5."],
    [{ was: {} }, "lack drop"],
  ])("refuses %j", async ({ was }, words) => {
    const made = await study(THREE);
    await expect(made.editSpace({ add: { drop: float(0, 0.5) }, was: was as never })).rejects.toThrow(words);
    expect(made.space.parameters).toHaveLength(2);
  });

  it.each(["", " ", "0x2", "0b0", "1e999"])("takes no %j for the number that a parameter was", async (drop) => {
    const made = await study(THREE);
    await expect(made.editSpace({ add: { drop: float(0, 0.5) }, was: { drop } })).rejects.toThrow(
      `drop is ${JSON.stringify(drop)}; allowed: numbers from 0 to 0.5.`,
    );
  });

  it("asks nothing of failed trials, nor says what they count as, while none has a value", async () => {
    const made = await createStudy({ name: "s", minimize: "loss", space, sampler: "random" });
    await made.tell(await made.ask(), { failed: true });
    const told = await made.editSpace({ add: { drop: float(0, 0.5) } });
    expect(told).toMatchObject({ applied: true, losses: [] });
    expect(told.changes).toEqual(["drop is new (0.0..0.5)."]);
  });

  it("counts a parameter that is dropped as lost only where trials differed in it", async () => {
    const made = await study(THREE);
    expect((await made.editSpace({ drop: ["n"] }, { dryRun: true })).losses).toEqual([
      "n no longer counts in 3 trials, which had different values of it: samplers will see them as if it did not matter.",
    ]);
    const alike = await study(THREE.map(({ lr }) => ({ lr, n: 2 })));
    expect((await alike.editSpace({ drop: ["n"] }, { dryRun: true })).losses).toEqual([]);
    expect((await made.editSpace({ rename: { n: "m" } }, { dryRun: true })).losses).toEqual([]);
  });

  it("tells that what is computed in another way was run with the old one", async () => {
    const made = await study(THREE, { twice: derived<number>("2 * n") });
    const set = { twice: derived<number>("3 * n") };
    expect((await made.editSpace({ set }, { dryRun: true })).losses).toEqual([
      "twice is computed in another way; the trials so far were run with the old one.",
    ]);
    const empty = await createStudy({
      name: "e",
      minimize: "loss",
      space: { ...space, twice: derived<number>("2 * n") },
    });
    expect(await empty.editSpace({ set })).toMatchObject({ applied: true, losses: [] });
  });
});

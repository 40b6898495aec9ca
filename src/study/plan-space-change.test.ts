import { describe, expect, it } from "vitest";
import { boolean, choice, derived, fixed, float, int } from "../space/index.ts";
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

describe("what a change of the space asks about trials, and tells of them", () => {
  it("takes the value of a new parameter from its default, and what that makes active from theirs", async () => {
    const made = await study(THREE.slice(0, 1));
    const add = {
      opt: choice(["a", "b"], { default: "b" }),
      beta: float(0, 1, { default: 0.5, when: { opt: "b" } }),
      gamma: float(0, 1, { when: { opt: "a" } }),
    };
    const told = await made.editSpace({ add }, { dryRun: true });
    expect(told.changes.slice(3)).toEqual([
      '1 trial without opt will count as "b".',
      "1 trial without beta will count as 0.5.",
    ]);
    expect(told.losses).toEqual([]);
    // What was said goes before a default.
    const other = await made.editSpace({ add, was: { opt: "a", gamma: "0.25" } }, { dryRun: true });
    expect(other.changes.slice(3)).toEqual([
      '1 trial without opt will count as "a".',
      "1 trial without gamma will count as 0.25.",
    ]);
    await expect(made.editSpace({ add, was: { opt: "a" } })).rejects.toThrow("lack gamma");
  });

  it("takes a fixed value for what trials lacked, and a value as it is", async () => {
    const made = await study(THREE);
    const told = await made.editSpace({ add: { k: fixed(7), flag: boolean() }, was: { flag: false } });
    expect(told.changes.slice(2)).toEqual([
      "3 trials without k will count as 7.",
      "3 trials without flag will count as false.",
    ]);
    expect(made.programParams(2)).toEqual({ lr: 0.9, n: 2, k: 7, flag: false });
  });

  it("says that trials are not checked against constraints that are functions, and of no others", async () => {
    const made = await study(THREE);
    const words = "Trials so far are not checked against constraints written as functions.";
    const changes = async (where: readonly unknown[]) =>
      (await made.editSpace({ where: where as never }, { dryRun: true })).changes;
    expect(await changes([({ lr }: { lr: number }) => lr > 0])).toContain(words);
    expect(await changes(["lr > 0.01"])).not.toContain(words);
    expect(await changes(["lr > 0.01", ({ n }: { n: number }) => n > 0])).toContain(words);
  });

  it("names the front in the order of its numbers where that lies outside", async () => {
    const made = await createStudy({ name: "s", minimize: ["loss", "ms"], space, sampler: "random" });
    for (const lr of [0.3, 0.2, 0.9]) await made.enqueue({ lr, n: 2 });
    await made.optimize(({ params: { lr } }) => ({ loss: lr, ms: lr === 0.9 ? 9 : 1 - lr }), { trials: 3 });
    const { losses } = await made.editSpace({ set: { lr: float(0.5, 1) } }, { dryRun: true });
    expect(losses[0]).toMatch(/^trials 0 and 1 \(2 of 3\), among them 0, 1 of the front, lie outside/);
  });

  it("asks about a failed trial only where others have values, and it lacked nothing before", async () => {
    const made = await study(THREE);
    await made.tell(await made.ask(), { failed: true });
    const told = await made.editSpace({ add: { drop: float(0, 0.5) }, was: { drop: 0 } }, { dryRun: true });
    expect(told.changes).toContain("4 trials without drop will count as 0.");
    const free = await createStudy({ name: "f", minimize: "loss", space, sampler: "random" });
    await free.tell(await free.ask(), { failed: true });
    await free.editSpace({ add: { drop: float(0, 0.5) } });
    await free.tell(await free.ask(), 1);
    // The failed one lacks drop for good, of which nothing was said.
    const again = await free.editSpace({ add: { k: int(1, 3, { default: 2 }) } });
    expect(again).toMatchObject({ applied: true, losses: [] });
    const running = await createStudy({ name: "r", minimize: "loss", space, sampler: "random" });
    await running.ask();
    await expect(running.editSpace({ add: { drop: float(0, 0.5) } })).rejects.toThrow("lack drop");
  });

  it("takes a number that lies outside for what a number was, and no other value for what a choice was", async () => {
    const made = await study(THREE.slice(0, 1));
    const told = await made.editSpace({ add: { m: int(1, 3) }, was: { m: "9" } }, { dryRun: true });
    expect(told.changes[1]).toBe("1 trial without m will count as 9.");
    const add = { c: choice([1, 2]) };
    await expect(made.editSpace({ add, was: { c: "3" } }, { dryRun: true })).rejects.toThrow("c");
    expect((await made.editSpace({ add, was: { c: "2" } }, { dryRun: true })).changes[1]).toMatch(/count as 2\.$/);
  });

  it("leaves nothing out, and loses nothing, where the space stays, or no trial told anything", async () => {
    const made = await study(THREE);
    await made.editSpace({ set: { lr: float(0.6, 1) } }, { accept: true });
    expect(await made.editSpace({ set: { lr: float(0.6, 1) } })).toMatchObject({ changes: [], leftOut: [] });
    const free = await createStudy({ name: "f", minimize: "loss", space, sampler: "random" });
    await free.enqueue({ lr: 0.2, n: 1 });
    await free.tell(await free.ask(), { failed: true });
    const told = await free.editSpace({ set: { lr: float(0.6, 1) }, drop: ["n"] });
    expect(told).toMatchObject({ applied: true, losses: [], leftOut: [0] });
  });

  it("counts what is hidden for nothing", async () => {
    const made = await study(THREE);
    await made.invalidate(0);
    const { losses, leftOut } = await made.editSpace({ set: { lr: float(0.6, 1) } }, { dryRun: true });
    expect(leftOut).toEqual([1]);
    expect(losses[0]).toMatch(/^trial 1 \(1 of 2\), among them 1, the best so far, lies outside/);
  });

  it("keeps the fidelity that trials were run with, however it is written and called", async () => {
    const epochs = int(1, 9, { fidelity: true });
    const made = await createStudy({ name: "s", minimize: "loss", space: { ...space, epochs }, sampler: "random" });
    const same = { set: { epochs: int(1, 9, { fidelity: true, log: true, description: "how long" }) } };
    const other = { set: { epochs: int(1, 27, { fidelity: true }) } };
    // A failed one tells nothing; what waits was run with none.
    await made.tell(await made.ask(), { failed: true });
    await made.enqueue({ lr: 0.5, n: 2 });
    expect((await made.editSpace(other, { dryRun: true })).losses).toEqual([]);
    await made.tell(await made.ask(), 1);
    await expect(made.editSpace(other, { accept: true })).rejects.toMatchObject({
      code: "study-changed",
      message: expect.stringMatching(
        /^The fidelity becomes epochs .*27.* \(was epochs .*9.*\), and trials were run with/,
      ),
    });
    await expect(made.editSpace({ drop: ["epochs"] }, { accept: true })).rejects.toThrow(
      "The fidelity becomes none (was",
    );
    expect((await made.editSpace(same)).applied).toBe(true);
    const plain = await study(THREE);
    await expect(plain.editSpace({ add: { epochs } }, { accept: true })).rejects.toThrow("(was none)");
    const record = { params: { lr: 0.5, n: 2 }, state: "complete", values: { loss: 1 }, reports: [] } as const;
    const imported = await createStudy({ name: "i", minimize: "loss", space, sampler: "random" });
    await imported.importTrials([{ ...record, startedAt: null, finishedAt: null, attributes: {} }]);
    await expect(imported.editSpace({ add: { epochs } }, { accept: true })).rejects.toThrow("(was none)");
  });
});

import { describe, expect, it } from "vitest";
import { float } from "../space/index.ts";
import { planConfirmation, queueReplicates } from "./confirmation-runs.ts";
import { createStudy } from "./create-study.ts";
import { replicateSeed } from "./replicate-seed.ts";

/** A study whose trials had these losses, at places of their own. */
async function ran(losses: readonly number[], more: object = {}) {
  const space = { x: float(0, 1, more) };
  const study = await createStudy({ name: "s", minimize: "loss", space, sampler: "random", seed: 5 });
  const given = study.trials().length;
  for (let k = given; k < losses.length; k++) await study.enqueue({ x: k / 100 });
  await study.optimize(({ number }) => losses[number]!, { trials: losses.length });
  return { study, winner: study.summary().winner! };
}

describe("what is run again", () => {
  it("is the winner and the next one, by their configurations", async () => {
    const { study, winner } = await ran([3, 1, 2, 4]);
    expect(await planConfirmation(study as never, winner as never)).toEqual([
      { role: "winner", number: 1 },
      { role: "runner-up", number: 2 },
    ]);
    const alone = await ran([3]);
    expect(await planConfirmation(alone.study as never, alone.winner as never)).toEqual([
      { role: "winner", number: 0 },
    ]);
  });

  it("is no other trial of the winner's configuration, nor one that breaks the limits", async () => {
    const { study } = await ran([3, 1, 2]);
    await study.replicate(1, 1, 9);
    await study.optimize(() => 1, { trials: 4 });
    const winner = study.summary().winner!;
    const roles = await planConfirmation(study as never, winner as never);
    expect(roles).toEqual([
      { role: "winner", number: winner.number },
      { role: "runner-up", number: 2 },
    ]);
    expect(winner.number).toBe(1);
  });

  it("is the defaults too, where they are neither of these; tried first where they never were", async () => {
    const { study, winner } = await ran([4, 1, 2, 3], { default: 0.5 });
    expect(study.trial(0).params).toEqual({ x: 0.5 });
    expect(await planConfirmation(study as never, winner as never)).toEqual([
      { role: "winner", number: 1 },
      { role: "runner-up", number: 2 },
      { role: "default", number: 0 },
    ]);
    const best = await ran([1, 2, 3], { default: 0.5 });
    expect((await planConfirmation(best.study as never, best.winner as never)).map(({ role }) => role)).toEqual([
      "winner",
      "runner-up",
    ]);
    const never = await ran([4, 1, 2]);
    await never.study.editSpace({ set: { x: float(0, 1, { default: 0.75 }) } });
    const planned = await planConfirmation(never.study as never, never.study.summary().winner as never);
    expect(planned.at(-1)).toEqual({ role: "default", number: 3 });
    expect(never.study.trial(3)).toMatchObject({ state: "waiting", params: { x: 0.75 } });
  });
});

describe("fresh runs", () => {
  const two = [
    { role: "winner", number: 1 },
    { role: "runner-up", number: 0 },
  ] as const;

  it("are queued one index after the other for all, on the same seeds, and none twice", async () => {
    const { study } = await ran([2, 1]);
    expect(await queueReplicates(study as never, two, 2)).toEqual(two);
    const queued = () =>
      study
        .trials()
        .slice(2)
        .map(({ params, replicate }) => [params.x, replicate?.index, replicate?.seed]);
    const [first, second] = [replicateSeed(5, 1), replicateSeed(5, 2)];
    const all = [
      [0.01, 1, first],
      [0, 1, first],
      [0.01, 2, second],
      [0, 2, second],
    ];
    expect(queued()).toEqual(all);
    expect(first).not.toBe(second);
    await queueReplicates(study as never, two, 2);
    expect(queued()).toEqual(all);
    await queueReplicates(study as never, two.slice(0, 1), 3);
    expect(queued()).toEqual([...all, [0.01, 3, replicateSeed(5, 3)]]);
  });

  it("are queued again for those that were hidden", async () => {
    const { study } = await ran([2, 1]);
    await queueReplicates(study as never, two, 1);
    await study.optimize(() => 1, { trials: 4 });
    await study.invalidate(2);
    await queueReplicates(study as never, two, 1);
    expect(
      study
        .trials()
        .slice(4)
        .map(({ params }) => params.x),
    ).toEqual([0.01]);
  });

  it("belong to what a trial's program would be given now, where the space changed that", async () => {
    const { study } = await ran([2, 1]);
    await study.editSpace({ add: { y: float(0, 1) }, was: { y: 0.5 } });
    const [winner] = await queueReplicates(study as never, two.slice(0, 1), 2);
    const fresh = study.trials().slice(2);
    expect(fresh.map(({ params }) => params)).toEqual(Array(2).fill({ x: 0.01, y: 0.5 }));
    expect(new Set(fresh.map(({ configuration }) => configuration)).size).toBe(1);
    expect(winner).toEqual({ role: "winner", number: fresh[0]!.configuration });
  });
});

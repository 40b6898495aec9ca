import { describe, expect, it } from "vitest";
import { registerScheduler } from "../scheduler/registry.ts";
import type { Scheduler } from "../scheduler/scheduler.ts";
import { float, int } from "../space/index.ts";
import { createStudy } from "./create-study.ts";

const lr = float(1e-5, 1e-1, { log: true });
const epochs = int(1, 81, { log: true, fidelity: true });
const open = (scheduler: string, space = { lr, epochs }) =>
  createStudy({ name: "s", minimize: "loss", scheduler, sampler: "random", seed: 3, space });

const lossOf = ({ lr: rate, epochs: run }: { readonly lr: number; readonly epochs: number }): number =>
  (Math.log10(rate) + 3) ** 2 + 1 / run;

describe("a study with a fidelity", () => {
  it("gives functions the fidelity of their rung, runs the best whole, and pays what was run", async () => {
    const study = await open("asha");
    const runs: number[] = [];
    await study.optimize(
      ({ params, until }) => {
        expect(params.epochs).toBe(until);
        runs.push(params.epochs);
        return lossOf(params);
      },
      { trials: 30, workers: 3 },
    );
    expect(new Set(runs)).toEqual(new Set([2, 6, 21, 81]));
    const complete = study.trials().filter(({ state }) => state === "complete");
    expect(complete).toHaveLength(runs.filter((run) => run === 81).length);
    const [first] = complete.toSorted((a, b) => Number(a.values.loss) - Number(b.values.loss));
    expect(study.summary().winner?.number).toBe(first!.number);
    expect(study.trials()[0]!.params).toEqual({ lr: expect.any(Number) });
  });

  it("takes the same end twice, of a trial that it paused too, also when it runs on already", async () => {
    const study = await open("asha");
    const asked: Awaited<ReturnType<typeof study.ask>>[] = [];
    for (let k = 0; k < 8; k++) asked.push(await study.ask());
    const losses = asked.map((_, place) => place + 1);
    const tell = async (place: number, loss = losses[place]!): Promise<void> =>
      await study.tell(asked[place]!.number, { loss }, { token: asked[place]!.token });
    for (const place of asked.keys()) await tell(place);
    const isPaused = (number: number): boolean => study.trials()[number]!.state === "paused";
    const paused = asked.map(({ number }) => number).filter(isPaused);
    expect(paused.length).toBeGreaterThan(1);
    const place = asked.findIndex(({ number }) => number === paused[0]);
    await tell(place);
    await expect(tell(place, 99)).rejects.toThrow("is not held by");
    while (isPaused(paused[0]!)) {
      const next = await study.ask();
      if (next.number !== paused[0]) await study.tell(next, { loss: 100 });
    }
    const revision = study.trials()[paused[0]!]!.segments.length;
    await tell(place);
    expect(study.trials()[paused[0]!]!.segments).toHaveLength(revision);
    expect(study.trials()[paused[0]!]!.state).toBe("running");
  });

  it("compares shares of data by the share, whatever programs report on the way", async () => {
    const share = float(0.03, 1, { log: true, fidelity: true });
    const study = await createStudy({
      name: "s",
      minimize: "loss",
      scheduler: "asha",
      sampler: "random",
      space: { lr, share },
    });
    const runs: number[] = [];
    await study.optimize(
      async ({ params, report }) => {
        runs.push(params.share);
        for (let epoch = 1; epoch <= 5; epoch++) await report(epoch, 100 - epoch);
        return Math.abs(Math.log10(params.lr) + 3) + 1 - params.share;
      },
      { trials: 30, workers: 2 },
    );
    expect([...new Set(runs)].sort((a, b) => a - b)).toEqual([1 / 16, 1 / 4, 1]);
    const { state } = study.trials().find(({ segments }) => segments.at(-1)!.until! < 1)!;
    expect(state).toBe("paused");
  });

  it.each(["none", "median", "halving"])("under %s runs whole", async (scheduler) => {
    const study = await open(scheduler);
    const runs: number[] = [];
    await study.optimize(
      ({ params }) => {
        runs.push(params.epochs);
        return lossOf(params);
      },
      { trials: 3 },
    );
    expect(runs).toEqual([81, 81, 81]);
  });

  it("is given with trials asked for by hand, as far as the scheduler runs them, and takes no fidelity from outside", async () => {
    const study = await open("asha");
    const asked = await study.ask();
    expect(asked).toMatchObject({ until: 6, params: { epochs: 6 } });
    await study.tell(asked, 1);
    expect(study.trial(0)).toMatchObject({ state: "paused", params: { lr: expect.any(Number) } });
    const whole = await open("none");
    expect(await whole.ask()).toMatchObject({ until: 81, params: { epochs: 81 } });
    await expect(study.enqueue({ lr: 0.01, epochs: 9 })).rejects.toThrow("epochs is the fidelity");
    expect(await study.enqueue({ lr: 0.01 })).toBe(1);
  });

  it.each(["asha", "hyperband"])(
    "under %s finds another winner where the best ones fail in full, and gives up after three",
    async (scheduler) => {
      for (const failing of [1, 99]) {
        const study = await createStudy({
          ...{ name: "s", minimize: "loss", sampler: "random", seed: 3, space: { lr, epochs } },
          scheduler: { name: scheduler, smallest: 21 },
        });
        let failed = 0;
        await study.optimize(
          ({ params }) => {
            if (params.epochs === 81 && failed < failing) {
              failed += 1;
              throw new Error("out of memory");
            }
            return lossOf(params);
          },
          { trials: 3 },
        );
        const states = study.trials().map(({ state }) => state);
        if (failing === 1) expect(states).toContain("complete");
        expect(failed).toBeLessThanOrEqual(3);
        expect((await study.replay()).decisions?.differences).toEqual([]);
        await study.close();
      }
    },
  );

  it("ends when its total is full of paused trials though others wait, and runs fresh runs of the best whole", async () => {
    const study = await open("asha");
    const runs: number[] = [];
    const objective = ({ params }: { readonly params: { readonly lr: number; readonly epochs: number } }) => {
      runs.push(params.epochs);
      return lossOf(params);
    };
    await study.optimize(objective, { trials: 30 });
    const { number } = study.summary().winner!;
    for (const index of [1, 2]) await study.replicate(number, index, index);
    const begun = runs.length;
    expect(await study.optimize(objective, { trials: 30 })).toMatchObject({ reason: "trials" });
    expect(runs).toHaveLength(begun);
    await study.optimize(objective, { trials: 32 });
    expect(runs.slice(begun)).toEqual([81, 81]);
    expect(study.summary().winner).toMatchObject({ number, replicates: 2 });
    expect((await study.replay()).decisions).toMatchObject({ differences: [] });
    await study.close();
  });

  it("keeps its fidelity once trials were run with it", async () => {
    const study = await open("asha");
    const wider = { set: { epochs: int(1, 243, { fidelity: true }) } };
    await study.editSpace(wider);
    await study.optimize(({ params }) => lossOf(params), { trials: 2 });
    for (const edit of [{ set: { epochs } }, { drop: ["epochs"] }, { rename: { epochs: "rounds" } }])
      await expect(study.editSpace(edit, { accept: true })).rejects.toThrow(/begin a new study/);
    await study.editSpace({ set: { epochs: int(1, 243, { fidelity: true, unit: "epochs", log: true }) } });
  });

  it("refuses options of its scheduler that say otherwise, and schedulers that run other values", async () => {
    const made = (options: Record<string, number>) => () =>
      createStudy({ name: "s", minimize: "loss", scheduler: { name: "asha", ...options }, space: { lr, epochs } });
    await expect(made({ largest: 81 })()).rejects.toThrow("leave largest out");
    for (const smallest of [0.5, 1.5, 81, 100])
      await expect(made({ smallest })()).rejects.toThrow("no value of the fidelity epochs below 81");
    const scheduler: Scheduler = {
      name: "odd",
      onReport: () => ({ action: "continue" }),
      next: () => ({ action: "start-new", until: 1.5 }),
    };
    registerScheduler({ name: "odd", watches: false, promotes: true, create: () => scheduler });
    const study = await open("odd");
    await expect(study.optimize(() => 1, { trials: 1 })).rejects.toThrow(
      "Scheduler odd runs a trial with epochs 1.5; allowed: whole numbers from 1 to 81.",
    );
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { float } from "../space/index.ts";
import { openStorage } from "../storage/registry.ts";
import { BestWatch } from "./best-watch.ts";
import { createStudy } from "./create-study.ts";
import type { RunEvent } from "./run-options.ts";
import { StudyLog } from "./study-log.ts";

const space = { x: float(0, 1) };

/** A study that tells which trials were called the best. */
async function watched(direction: "minimize" | "maximize") {
  const study = await createStudy({ name: "s", [direction]: "loss", space, sampler: "random", seed: 1 });
  /** Goes on with these values; answers the trials that were the best when they finished. */
  const run = async (list: readonly number[]): Promise<readonly number[]> => {
    const best: number[] = [];
    const rest = [...list];
    await study.optimize(() => rest.shift()!, {
      trials: study.trialsSpent + list.length,
      keepGoing: true,
      onEvent: (event) => {
        if (event.type === "finished" && event.best) best.push(event.trial.number);
      },
    });
    return best;
  };
  return { study, run };
}

it.each([
  ["minimize", [3, 3, Number.NEGATIVE_INFINITY, 2, Number.NaN, 4, 1], [0, 3, 6]],
  ["maximize", [3, 3, Number.POSITIVE_INFINITY, 4, Number.NaN, 2, 5], [0, 3, 6]],
] as const)("is each trial with a finite value better than those before, to %s", async (direction, list, best) => {
  const { run } = await watched(direction);
  expect(await run(list)).toEqual(best);
});

it("knows what was there before the run", async () => {
  const { run } = await watched("minimize");
  expect(await run([3, 1])).toEqual([0, 1]);
  expect(await run([2, 0.5])).toEqual([3]);
});

it("is no fresh run by itself, and no single run once one was confirmed where results vary", async () => {
  const { study, run } = await watched("minimize");
  expect(await run([3, 2])).toEqual([0, 1]);
  for (const index of [1, 2]) await study.replicate(0, index, index);
  // Two fresh runs of the first configuration.
  expect(await run([1.5, 1.6])).toEqual([]);
  expect(await run([0.5])).toEqual([]);
});

it("is any better run where fresh ones showed that results do not vary", async () => {
  const { study, run } = await watched("minimize");
  await run([3, 2]);
  for (const index of [1, 2]) await study.replicate(0, index, index);
  expect(await run([3, 3])).toEqual([]);
  expect(await run([0.5])).toEqual([4]);
});

const changes = fc.array(fc.record({ trial: fc.nat(8), hides: fc.boolean() }), { maxLength: 3 });
const plans = fc.array(fc.record({ value: fc.integer({ min: 0, max: 6 }), changes }), { minLength: 1, maxLength: 9 });

it("is each trial that is better than all others that count when it ends, whichever were hidden and shown again meanwhile", async () => {
  await fc.assert(
    fc.asyncProperty(plans, async (plan) => {
      const { study } = await watched("minimize");
      const hidden = new Set<number>();
      const expected: number[] = [];
      const told: number[] = [];
      let now = 0;
      const objective = async (): Promise<number> => {
        const { value, changes: before } = plan[now]!;
        for (const { trial, hides } of before) {
          if (trial >= now || hidden.has(trial) === hides) continue;
          await (hides ? study.invalidate(trial) : study.restore(trial));
          if (hides) hidden.add(trial);
          else hidden.delete(trial);
        }
        const isBest = plan.slice(0, now).every((one, number) => hidden.has(number) || one.value > value);
        if (isBest) expected.push(now);
        now++;
        return value;
      };
      const onEvent = (event: RunEvent): void => {
        if (event.type === "finished" && event.best) told.push(event.trial.number);
      };
      // One that is hidden is made up for by another trial.
      const mayStart = async (): Promise<string | null> => (now === plan.length ? "That is all." : null);
      await study.optimize(objective, { keepGoing: true, trials: 100, onEvent, mayStart });
      expect(told).toEqual(expected);
      await study.close();
    }),
    { numRuns: 30 },
  );
});

/** A study with two objectives and a limit that tells which trials came to the front when they finished. */
async function watchedFront() {
  const study = await createStudy({ name: "s", minimize: ["loss", "ms"], limits: ["watts <= 5"], space, seed: 1 });
  const run = async (list: readonly (readonly [loss: number, ms: number, watts: number])[]) => {
    const front: number[] = [];
    const rest = [...list];
    const next = () => {
      const [loss, ms, watts] = rest.shift()!;
      return { loss, ms, watts };
    };
    await study.optimize(next, {
      trials: study.trialsSpent + list.length,
      keepGoing: true,
      onEvent: (event) => {
        if (event.type === "finished" && event.best) front.push(event.trial.number);
      },
    });
    return front;
  };
  return { study, run };
}

it("is, by several objectives, each trial that keeps the limits and that none so far dominates or equals", async () => {
  const { run } = await watchedFront();
  const front = await run([
    [3, 3, 9],
    [4, 4, 5],
    [5, 3, 1],
    [4, 4, 1],
    [5, 5, 1],
    [Number.NEGATIVE_INFINITY, 1, 1],
    [2, Number.NaN, 1],
    [1, 1, 1],
  ]);
  expect(front).toEqual([1, 2, 7]);
});

it("knows the front that was there before, without what is hidden", async () => {
  const { study, run } = await watchedFront();
  expect(
    await run([
      [1, 1, 1],
      [3, 3, 1],
    ]),
  ).toEqual([0]);
  expect(await run([[2, 2, 1]])).toEqual([]);
  await study.invalidate(0);
  expect(
    await run([
      [2.5, 2.5, 1],
      [1.5, 4, 1],
    ]),
  ).toEqual([4]);
});

/** A watch over a study whose trials are told by hand, with how often it looked at all of them. */
async function watchedByHand(more: object = {}) {
  const storage = await openStorage(":memory:");
  const given = { name: "s", minimize: "loss", space, sampler: "random", storage, seed: 1, ...more } as const;
  const study = await createStudy(given);
  const log = await StudyLog.open(storage, study.id);
  const watch = new BestWatch(log);
  let looks = 0;
  const list = log.state.list.bind(log.state);
  log.state.list = () => {
    looks += 1;
    return list();
  };
  const ended = async (values: number | Readonly<Record<string, number>>): Promise<boolean> => {
    const { number } = await tell(values);
    await log.refresh();
    return watch.add(log.trial(number));
  };
  const tell = async (values: number | Readonly<Record<string, number>>) => {
    const trial = await study.ask();
    await study.tell(trial, values as number);
    return trial;
  };
  return { study, ended, tell, given, looked: () => looks };
}

describe("the best so far", () => {
  it("is found without a look at all trials, but for the first, where a best one is hidden, and under other settings", async () => {
    const { study, ended, tell, given, looked } = await watchedByHand();
    await tell(5);
    expect([await ended(6), looked()]).toEqual([false, 1]);
    expect([await ended(4), await ended(3), await ended(3)]).toEqual([true, true, false]);
    await study.invalidate(1);
    expect([await ended(3), looked()]).toEqual([false, 1]);
    await study.invalidate(3);
    // The one that is as good and came later is the best now, unless that is hidden too.
    expect([await ended(3), looked()]).toEqual([false, 2]);
    for (const number of [4, 5, 6]) await study.invalidate(number);
    expect([await ended(3.5), looked()]).toEqual([true, 3]);
    await study.restore(3);
    expect([await ended(3.2), looked()]).toEqual([false, 3]);
    expect(await ended(2.9)).toBe(true);
    await createStudy({ ...given, limits: ["loss >= 0"] });
    const before = looked();
    expect([await ended(-1), await ended(2.95), await ended(2.8)]).toEqual([false, false, true]);
    expect(looked() - before).toBe(1);
  });

  it("is looked for among all once a configuration was run again", async () => {
    const { study, ended, looked } = await watchedByHand();
    expect([await ended(5), await ended(7)]).toEqual([true, false]);
    await study.replicate(0, 1, 3);
    expect([await ended(4), looked()]).toEqual([false, 1]);
    await study.invalidate(1);
    await ended(6);
    expect(looked()).toBe(2);
    await study.invalidate(2);
    await ended(6);
    expect(looked()).toBe(3);
  });

  it("is looked for among all where a fresh run of it is shown again", async () => {
    const { study, tell, ended, looked } = await watchedByHand();
    await tell(5);
    await study.replicate(0, 1, 3);
    await tell(4);
    await study.invalidate(1);
    await ended(6);
    expect(looked()).toBe(1);
    await study.restore(1);
    await ended(6);
    expect(looked()).toBe(2);
  });

  it("is settled only by a fresh run, of one objective, that went otherwise", async () => {
    const settled = async (fresh: readonly number[], minimize: string | readonly string[] = "loss") => {
      const { study, tell, ended } = await watchedByHand({ minimize });
      const values = (loss: number) => (minimize === "loss" ? loss : { loss, ms: 1 });
      await tell(values(5));
      for (const [k, loss] of fresh.entries()) {
        await study.replicate(0, k + 1, k);
        await tell(values(loss));
      }
      return !(await ended(values(1)));
    };
    expect(await settled([])).toBe(false);
    expect(await settled([5, 5])).toBe(false);
    expect(await settled([4, 6])).toBe(true);
    expect(await settled([4, 6], ["loss", "ms"])).toBe(false);
  });

  it("knows all that came to the front before it, of several objectives or under limits", async () => {
    const { tell, ended } = await watchedByHand({ minimize: ["loss", "ms"] });
    await tell({ loss: 1, ms: 9 });
    await tell({ loss: 9, ms: 1 });
    expect(await ended({ loss: 2, ms: 9 })).toBe(false);
    expect(await ended({ loss: 9, ms: 2 })).toBe(false);
    expect(await ended({ loss: 5, ms: 5 })).toBe(true);
    const limited = await watchedByHand({ limits: ["ms <= 5"] });
    await limited.tell({ loss: 1, ms: 9 });
    await limited.tell({ loss: 3, ms: 5 });
    expect(await limited.ended({ loss: 4, ms: 1 })).toBe(false);
    expect(await limited.ended({ loss: 2, ms: 1 })).toBe(true);
  });
});

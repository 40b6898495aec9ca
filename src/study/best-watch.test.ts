import fc from "fast-check";
import { expect, it } from "vitest";
import { float } from "../space/index.ts";
import { createStudy } from "./create-study.ts";
import type { RunEvent } from "./run-options.ts";

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

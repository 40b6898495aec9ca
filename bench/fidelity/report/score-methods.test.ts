import { describe, expect, it } from "vitest";
import type { FidelityTask } from "../fidelity-task.ts";
import type { FidelityRecord } from "../run-record.ts";
import { costToReach } from "./cost-to-reach.ts";
import { incumbentRegret } from "./incumbent-regret.ts";
import { MethodRuns } from "./method-runs.ts";
import { hardTasks, scoreMethods } from "./score-methods.ts";

const task = (instance: string, best = 1, median = 0): FidelityTask => ({
  ...{ scenario: "t", instance, best, median },
  open: () => Promise.reject(new Error("not to be run")),
});
const TASKS = [task("a"), task("b", 10, 5), task("c")];

const run = (
  method: string,
  instance: string,
  seed: number,
  incumbent: FidelityRecord["incumbent"],
): FidelityRecord => ({
  ...{ method, scenario: "t", instance, seed, incumbent, budget: 30 },
  ...{ seconds: 1, spent: 30, trials: 30, evaluations: {} },
});

/** A method whose regret is `after` from `cost` full runs on, on each task, for two seeds. */
const steady = (method: string, byTask: readonly (readonly [cost: number, after: number])[]) =>
  byTask.flatMap(([cost, after], t) => {
    const { instance, best, median } = TASKS[t]!;
    return [0, 1].map((seed) => run(method, instance, seed, [[cost, best - after * (best - median)]]));
  });

describe("the regret of the incumbent", () => {
  const at = (share: number, incumbent: FidelityRecord["incumbent"]) =>
    incumbentRegret(TASKS[1]!, run("m", "b", 0, incumbent), share);

  it("is 1 before the first full run, and 0 at the best value known", () => {
    const incumbent = [
      [3.5, 7.5],
      [6, 10],
      [7, 11],
    ] as const;
    expect([0.1, 0.12, 0.2, 1].map((share) => at(share, incumbent))).toEqual([1, 0.5, 0, -0.2]);
    expect(at(1, [])).toBe(1);
  });

  it("counts a full run that ends with that share of the budget, whatever the sum of its fractions", () => {
    expect(at(0.1, [[3 + 1e-10, 7.5]])).toBe(0.5);
    expect(at(0.1, [[3.001, 7.5]])).toBe(1);
  });

  it("is no larger than 1: having run a bad configuration is no worse than having run none", () => {
    expect(at(1, [[1, -100]])).toBe(1);
  });
});

describe("scores", () => {
  const records = [
    ...steady("full", [
      [30, 0.1],
      [15, 0.2],
      [30, 0.3],
    ]),
    ...steady("half", [
      [3, 0.1],
      [9, 0.2],
      [30, 0.5],
    ]),
    ...steady("random", [
      [1, 0.0499],
      [1, 0.051],
      [1, 0.9],
    ]),
  ];
  const methods = MethodRuns.of(TASKS, [...records, run("lacking", "a", 0, [])]);
  const [full, half, random] = methods;
  const rounded = (values: readonly number[]) => values.map((value) => Number(value.toFixed(9)));

  it("are of methods that have run every task", () => {
    expect(methods.map(({ method }) => method)).toEqual(["full", "half", "random"]);
  });

  it("are means over tasks, and ranks in which equals share their places", () => {
    const [ofFull, ofHalf] = scoreMethods(TASKS, [full!, half!], full);
    expect(rounded(ofFull!.cells.map(({ value }) => value))).toEqual(rounded([1, 1, 2.2 / 3, 0.2]));
    expect(rounded(ofHalf!.cells.map(({ value }) => value))).toEqual(rounded([2.1 / 3, 2.1 / 3, 1.3 / 3, 0.8 / 3]));
    expect(rounded(ofFull!.cells.map(({ rank }) => rank))).toEqual(rounded([5 / 3, 5 / 3, 5 / 3, 4 / 3]));
    expect(ofHalf!.above).toMatchObject({ value: expect.closeTo(0.2 / 3, 9) });
    expect(ofFull!.above).toBeNull();
  });

  it("say at which cost the final regret of full runs is reached: in the median of tasks, never being infinite", () => {
    expect(costToReach(half!, full!)).toBeCloseTo(0.3, 2);
    expect(costToReach(full!, full!)).toBe(1);
    expect(costToReach(full!, half!)).toBe(1);
    expect(costToReach(random!, full!)).toBeCloseTo(1 / 30, 2);
    const worse = MethodRuns.of(
      TASKS,
      steady("worse", [
        [1, 0.2],
        [1, 0.3],
        [1, 0.1],
      ]),
    );
    expect(costToReach(worse[0]!, full!)).toBe(Number.POSITIVE_INFINITY);
  });

  it("leave out tasks that random draws solve", () => {
    expect(hardTasks(TASKS, random!)).toEqual([1, 2]);
    expect(
      random!
        .at([1, 2])
        .regrets(1)
        .map((regret) => Number(regret.toFixed(9))),
    ).toEqual([0.051, 0.9]);
  });
});

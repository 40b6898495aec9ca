import { describe, expect, it } from "vitest";
import { defineSpace, float } from "../../../src/space/index.ts";
import type { Params } from "../../../src/space/json.ts";
import type { OpenTask } from "./bench-task.ts";
import type { Contender } from "./contender.ts";
import { parseSeeds } from "./parse-seeds.ts";
import { SamplerContender } from "./sampler-contender.ts";
import { simulateRun } from "./simulate-run.ts";

const space = defineSpace({ x: float(0, 1) });

/** Proposes what it is given, and notes the order of questions and answers. */
class Scripted implements Contender {
  readonly notes: string[] = [];
  readonly seconds = 0;
  readonly #points: readonly number[];

  constructor(points: readonly number[]) {
    this.#points = points;
  }

  ask(trial: number): Params | null {
    this.notes.push(`ask ${trial}`);
    const x = this.#points[trial];
    return x === undefined ? null : { x };
  }

  tell(trial: number, _params: Params, value: number): void {
    this.notes.push(`tell ${trial} ${value}`);
  }

  close(): void {}
}

const task: OpenTask = {
  space,
  evaluate: ({ x }) => ({ value: Number(x) === 0.5 ? Number.NaN : Number(x), score: 10 * Number(x) }),
};

/** Most trials asked for and not told at any time. */
function mostUnderWay(notes: readonly string[]): number {
  let [now, most] = [0, 0];
  for (const note of notes) {
    now += note.startsWith("ask") ? 1 : -1;
    most = Math.max(most, now);
  }
  return most;
}

describe("simulateRun", () => {
  it("asks and tells in turn, records the score of whoever is ahead by value, passes over failures", async () => {
    const contender = new Scripted([0.2, 0.5, 0.1, 0.7, 0.2]);
    const run = await simulateRun(contender, task, { budget: 5, seed: 0, pending: 1 });
    expect(run.incumbent).toEqual([
      [1, 2],
      [4, 7],
    ]);
    expect(run.duplicates).toBe(1);
    expect(contender.notes.slice(0, 4)).toEqual(["ask 0", "tell 0 0.2", "ask 1", "tell 1 NaN"]);
  });

  it("keeps as many trials under way as wanted, the same way each time, and ends them all", async () => {
    const runs = [1, 2].map(async () => {
      const contender = new Scripted(Array.from({ length: 30 }, (_, i) => i / 30));
      await simulateRun(contender, task, { budget: 30, seed: 4, pending: 8 });
      return contender.notes;
    });
    const [one, two] = await Promise.all(runs);
    expect(mostUnderWay(one!)).toBe(8);
    expect(one!.filter((note) => note.startsWith("tell"))).toHaveLength(30);
    expect(one!.findIndex((note) => note.startsWith("tell 1 "))).not.toBe(9);
    expect(two).toEqual(one);
  });

  it("ends when nothing is left to propose", async () => {
    const run = await simulateRun(new Scripted([0.3]), task, { budget: 9, seed: 0, pending: 2 });
    expect(run.incumbent).toEqual([[1, 3]]);
  });

  it("shows a sampler its earlier trials and those under way", async () => {
    const contender = new SamplerContender(space, { sampler: "gp", options: {}, seed: 0, budget: 20 });
    const earlier = Array.from({ length: 10 }, (_, i) => ({ params: { x: i / 10 }, value: -Math.abs(i / 10 - 0.63) }));
    const evaluate: OpenTask["evaluate"] = ({ x }) => ({
      value: -Math.abs(Number(x) - 0.63),
      score: -Math.abs(Number(x) - 0.63),
    });
    const run = await simulateRun(contender, { space, earlier, evaluate }, { budget: 20, seed: 0, pending: 4 });
    expect(run.duplicates).toBe(0);
    expect(run.incumbent.at(-1)![1]).toBeGreaterThan(-0.01);
  });
});

it("reads lists of seeds", () => {
  expect(parseSeeds("0-2,7")).toEqual([0, 1, 2, 7]);
  for (const text of ["", "a", "3-1", "1.5"]) expect(() => parseSeeds(text)).toThrow(/--seeds/);
});

import { expect, it } from "vitest";
import { type SteppingContender, stepThrough, type Wanted } from "./run-peer.ts";
import { smokeSuite } from "./smoke.ts";

const [EPOCHS, SHARES] = smokeSuite().tasks();
const params = { lr: 0.01, decay: 0.3, kind: "a" };

/** Asks for these in turn. */
class Scripted implements SteppingContender {
  readonly told: string[] = [];
  readonly #wanted: Wanted[];

  constructor(wanted: readonly (readonly [key: string, fidelity: number])[]) {
    this.#wanted = wanted.map(([key, fidelity]) => ({ key, params, fidelity }));
  }

  async ask(): Promise<Wanted | null> {
    return this.#wanted.shift() ?? null;
  }

  async tell({ key, fidelity }: Wanted): Promise<void> {
    this.told.push(`${key} ${fidelity}`);
  }
}

it("pays what is run by the task's own rule, by configuration", async () => {
  const wanted = [
    ["a", 9],
    ["b", 9],
    ["a", 27],
    ["b", 27],
  ] as const;
  const resumed = await stepThrough(new Scripted(wanted), await EPOCHS!.open(), 30);
  expect(resumed).toMatchObject({ spent: 2, trials: 2, evaluations: { 9: 2, 27: 2 } });
  expect(resumed.incumbent).toEqual([[(9 + 9 + 18) / 27, expect.closeTo(0, 9)]]);
  const shares = wanted.map(([key, epoch]) => [key, epoch / 27] as const);
  expect((await stepThrough(new Scripted(shares), await SHARES!.open(), 30)).spent).toBeCloseTo(2 + 2 / 3, 12);
});

it("ends before a run that the rest cannot pay, and runs one that it just can", async () => {
  const wanted = [
    ["a", 27],
    ["b", 9],
    ["c", 9],
    ["d", 9],
    ["e", 1],
  ] as const;
  const contender = new Scripted(wanted);
  const { spent } = await stepThrough(contender, await EPOCHS!.open(), 2);
  expect(contender.told).toEqual(["a 27", "b 9", "c 9", "d 9"]);
  expect(spent).toBe(2);
  const larger = new Scripted([
    ["a", 9],
    ["b", 27],
    ["c", 1],
  ]);
  await stepThrough(larger, await EPOCHS!.open(), 1);
  expect(larger.told).toEqual(["a 9"]);
});

it("runs what sums of fractions just do not come to", async () => {
  const contender = new Scripted(["a", "b", "c", "d"].map((key) => [key, 0.1]));
  await stepThrough(contender, await SHARES!.open(), 0.3);
  expect(contender.told).toHaveLength(3);
});

it("begins anew what has been further already", async () => {
  const again = [
    ["a", 9],
    ["a", 27],
    ["a", 9],
    ["a", 18],
  ] as const;
  expect((await stepThrough(new Scripted(again), await EPOCHS!.open(), 30)).spent).toBe(2);
});

it("refuses a fidelity that the task has not", async () => {
  const task = await EPOCHS!.open();
  for (const fidelity of [0, 28, Number.NaN])
    await expect(stepThrough(new Scripted([["a", fidelity]]), task, 2)).rejects.toThrow(`is to be run to ${fidelity}`);
});

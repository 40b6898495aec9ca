import { describe, expect, it } from "vitest";
import { compileLimits } from "../../objective/index.ts";
import { makeTrial } from "../../objective/testing/make-trial.testing.ts";
import { TrialList } from "../../trial/list/trial-list.ts";
import type { Trial } from "../../trial/trial.ts";
import type { FrontPoint } from "../front-point.ts";
import { plateau } from "./plateau.ts";

const METRICS = [{ name: "loss", direction: "minimize" }] as const;
const POINT = { number: 0 } as FrontPoint;
const found = (values: readonly number[], more: (k: number) => Partial<Trial> = () => ({}), limits: string[] = []) =>
  plateau(TrialList.of(values.map((value, k) => makeTrial(k, value, more(k)))), METRICS, compileLimits(limits), [
    POINT,
  ]);
const falling = (from: number, to: number, count: number): readonly number[] =>
  Array.from({ length: count }, (_, k) => from + ((to - from) * k) / (count - 1));
const flat = (count: number): readonly number[] => Array.from({ length: count }, (_, k) => 2 + (k % 7));

describe("plateau", () => {
  it("finds that the last fifty and three quarters brought nothing", () => {
    expect(found([...falling(10, 1, 30), ...flat(100)])).toMatchObject({ trials: 130, since: 100, last: 29 });
    expect(found([...falling(10, 1, 30), ...flat(80)])).toBeNull();
    expect(found([...falling(10, 1, 60), ...flat(100)])).toBeNull();
  });

  it("does not take a hundredth of what was gained for anything", () => {
    const some = (gain: number) => found([...falling(10, 1, 30), ...flat(40), 1 - gain, ...flat(60)]);
    expect(some(0.04)).toMatchObject({ since: 101, last: 29, gained: { since: expect.closeTo(0.04, 9) } });
    expect(some(0.5)).toBeNull();
  });

  it("is silent where nothing was gained, and counts what breaks a limit for no gain", () => {
    expect(found(Array.from({ length: 200 }, () => 1))).toBeNull();
    const late = (k: number): Partial<Trial> => ({
      values: { loss: k === 80 ? 0 : k < 30 ? 10 - k / 4 : 9, size: k === 80 ? 2 : 1 },
    });
    expect(found(flat(130), late)).toBeNull();
    expect(found(flat(130), late, ["size <= 1"])).toMatchObject({ since: 100, last: 29 });
  });

  it("asks of several objectives when something came to the front last", () => {
    const metrics = [...METRICS, { name: "size", direction: "minimize" }] as const;
    const trials = TrialList.of(
      Array.from({ length: 120 }, (_, k) => makeTrial(k, k, { values: { loss: k, size: 1 } })),
    );
    const front = (number: number) => [{ number } as FrontPoint];
    expect(plateau(trials, metrics, [], front(20))).toEqual({ trials: 120, since: 99, last: 20, gained: null });
    expect(plateau(trials, metrics, [], front(60))).toBeNull();
  });
});

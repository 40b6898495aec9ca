import { expect, it } from "vitest";
import { hypervolume } from "../../numeric/hypervolume/hypervolume.ts";
import { choice, defineSpace, float, int, oneOf } from "../../space/index.ts";
import type { Params } from "../../space/json.ts";
import type { Space } from "../../space/space.ts";
import type { Metric } from "../../trial/metric.ts";
import { createRandom } from "../random/random.ts";
import type { Sampler } from "../sampler.ts";
import { valuesOfRun } from "./values-of-run.testing.ts";

const ERROR: Metric = { name: "error", direction: "minimize" };
const GAIN: Metric = { name: "gain", direction: "maximize" };
const MS: Metric = { name: "ms", direction: "minimize" };

const SPACE = defineSpace({
  x: float(0, 1),
  y: float(0, 1),
  rate: float(1e-4, 1, { log: true }),
  model: oneOf({ net: { layers: int(1, 9), act: choice(["a", "b"]) }, line: {} }),
});

/** Error and gain pull x apart; the rest costs both. */
function evaluate({ x, y, rate, model, layers, act }: Params): readonly [number, number] {
  const off = Math.abs(Number(y) - 0.7) + Math.abs(Math.log10(Number(rate)) + 2) / 4;
  const branch = model === "line" ? 0.5 : Math.abs(Number(layers) - 4) / 10 + (act === "b" ? 0 : 0.2);
  const loss = 0.5 * (off + branch);
  return [Number(x) * Number(x) + loss, 10 - (Number(x) - 1) * (Number(x) - 1) - loss];
}

const SEEDS = Array.from({ length: 6 }, (_none, seed) => seed);

export interface ManyObjectivesOptions {
  readonly make: (space: Space) => Sampler;
  readonly trials: number;
  /** Of six seeds, how many must end better than random draws. */
  readonly wins: number;
}

/** Tests that a sampler finds better trade-offs than chance does, keeps to limits, and knows one objective as well. */
export function findsTradeOffs(name: string, { make, trials, wins }: ManyObjectivesOptions): void {
  const better = (score: (sampler: Sampler, seed: number) => number): number =>
    SEEDS.filter((seed) => score(make(SPACE), seed) > score(createRandom({}), seed)).length;

  it(`${name} finds better trade-offs than random draws`, () => {
    const volume = (sampler: Sampler, seed: number): number => {
      const run = { space: SPACE, metrics: [ERROR, GAIN], trials, seed };
      const points = valuesOfRun(sampler, run, evaluate).map(([error, gain]) => [error!, -gain!]);
      return hypervolume(points, [2, -8]);
    };
    expect(better(volume)).toBeGreaterThanOrEqual(wins);
  });

  it(`${name} finds better trade-offs within limits, which few keep`, () => {
    const limits = ["ms <= 0.12", "params.x <= 0.6"];
    const volume = (sampler: Sampler, seed: number): number => {
      const run = { space: SPACE, metrics: [ERROR, GAIN], limits, kept: [MS], trials, seed };
      const costs = (params: Params): number => Math.abs(Number(params.y) - 0.3) + Number(params.x) / 10;
      const all = valuesOfRun(sampler, run, (params) => [...evaluate(params), costs(params), Number(params.x)]);
      const kept = all.filter(([, , ms, x]) => ms! <= 0.12 && x! <= 0.6);
      return hypervolume(
        kept.map(([error, gain]) => [error!, -gain!]),
        [2, -8],
      );
    };
    expect(better(volume)).toBeGreaterThanOrEqual(wins);
  });

  it(`${name} looks for what breaks a limit least where nothing keeps it`, () => {
    const least = (sampler: Sampler, seed: number): number => {
      const run = { space: SPACE, metrics: [ERROR, GAIN], limits: ["error + 10 - gain <= 0"], trials, seed };
      return -Math.min(...valuesOfRun(sampler, run, evaluate).map(([error, gain]) => error! + 10 - gain!));
    };
    expect(better(least)).toBeGreaterThanOrEqual(wins);
  });

  it(`${name} finds better values by one objective, and within a limit`, () => {
    const best = (sampler: Sampler, seed: number): number => {
      const run = { space: SPACE, metrics: [GAIN], trials, seed };
      return Math.max(...valuesOfRun(sampler, run, (params) => [evaluate(params)[1]]).map(([gain]) => gain!));
    };
    expect(better(best)).toBeGreaterThanOrEqual(wins);
    const within = (sampler: Sampler, seed: number): number => {
      const run = { space: SPACE, metrics: [GAIN], limits: ["ms <= 0.4"], kept: [MS], trials, seed };
      const all = valuesOfRun(sampler, run, (params) => [evaluate(params)[1], evaluate(params)[0]]);
      return Math.max(...all.map(([gain, ms]) => (ms! <= 0.4 ? gain! : 0)));
    };
    expect(better(within)).toBeGreaterThanOrEqual(wins);
  });
  goesByWishes(name, make, trials);
}

/** Goals and references. */
function goesByWishes(name: string, make: ManyObjectivesOptions["make"], trials: number): void {
  it(`${name} looks less beyond a goal than without one`, () => {
    const beyond = (goal: Partial<Metric>): number => {
      const runs = SEEDS.slice(0, 3).map((seed) => {
        const run = { space: SPACE, metrics: [{ ...ERROR, ...goal }, GAIN], trials, seed };
        return valuesOfRun(make(SPACE), run, evaluate).filter(([error]) => error! < 0.4).length;
      });
      return runs.reduce((sum, count) => sum + count, 0);
    };
    expect(beyond({ goal: 0.5 })).toBeLessThan(0.75 * beyond({}));
  });

  it(`${name} looks less where a reference says that nothing is of interest`, () => {
    const outside = (reference: Partial<Metric>): number => {
      const runs = SEEDS.slice(0, 3).map((seed) => {
        const run = { space: SPACE, metrics: [{ ...ERROR, ...reference }, GAIN], trials, seed };
        return valuesOfRun(make(SPACE), run, evaluate).filter(([error]) => error! >= 0.7).length;
      });
      return runs.reduce((sum, count) => sum + count, 0);
    };
    expect(outside({ reference: 0.7 })).toBeLessThan(0.75 * outside({}));
  });

  it(`${name} goes on by raw values once all goals are met`, () => {
    const run = { space: SPACE, trials: Math.min(trials, 40), seed: 3 };
    const [plain, met] = [{}, { goal: 100 }].map((goal) => {
      const metrics = [
        { ...ERROR, ...goal },
        { ...GAIN, ...("goal" in goal && { goal: -100 }) },
      ];
      return valuesOfRun(make(SPACE), { ...run, metrics }, evaluate);
    });
    expect(met).toEqual(plain);
  });
}

import { describe, expect, it } from "vitest";
import { smokeSuite } from "../smoke.ts";
import { regretByTime } from "./cluster-table.ts";
import { type ClusterRecord, simulateCluster } from "./simulate-cluster.ts";
import { registerSynchronousHalving } from "./synchronous-halving.ts";
import { utilisation } from "./utilisation.ts";
import { VirtualClock } from "./virtual-clock.ts";

registerSynchronousHalving();

const [EPOCHS, SHARES] = smokeSuite().tasks();
const CALM = { spread: 0, stragglers: 0, slowness: 1, lost: 0 };
const ROUGH = { spread: 0.5, stragglers: 0.05, slowness: 3, lost: 0.02 };
const plan = (scheduler: string, workers: number, weather: typeof CALM, options = {}) => ({
  scheduler: { name: scheduler, options },
  sampler: { name: "random", options: {} },
  ...{ seed: 1, budget: 10 * workers, workers, weather },
});

describe("the virtual clock", () => {
  it("wakes whoever is due first, at that time, though others begin late", async () => {
    const clock = new VirtualClock();
    const woken: string[] = [];
    const sleep = async (name: string, ...durations: readonly number[]) => {
      for (const duration of durations) {
        await clock.sleep(duration);
        woken.push(`${name} ${clock.now}`);
      }
    };
    const late = new Promise((resolve) => setTimeout(resolve, 1)).then(() => sleep("c", 0.5));
    await clock.run(3, Promise.all([sleep("a", 1, 1), sleep("b", 1.5, 2), late]));
    expect(woken).toEqual(["c 0.5", "a 1", "b 1.5", "a 2", "b 3.5"]);
  });
});

describe("utilisation", () => {
  it("is the share of the workers' time with something to run, to the last end and to the last beginning", () => {
    const attempts = [
      { begin: 0, end: 2 },
      { begin: 0, end: 1 },
      { begin: 1, end: 4 },
    ];
    expect(utilisation(attempts, 2)).toEqual({ whole: 6 / 8, untilLastBegin: 1, end: 4 });
    expect(utilisation(attempts, 4).untilLastBegin).toBe(0.5);
  });
});

describe("a simulated cluster", () => {
  it("whose runs all take the same is busy to the end with full runs", async () => {
    const outcome = await simulateCluster(await EPOCHS!.open(), plan("none", 4, CALM));
    expect(outcome).toMatchObject({ spent: 40, trials: 40, attempts: 40, lost: 0 });
    expect(outcome.utilisation).toEqual({ whole: 1, untilLastBegin: 1, end: 10 });
    expect(outcome.byTime[0]![0]).toBe(1);
  });

  it("is the same each time, whatever the machine does, and pays for what is lost", async () => {
    for (const scheduler of ["none", "asha", "synchronous"]) {
      const one = await simulateCluster(await SHARES!.open(), plan(scheduler, 6, ROUGH));
      const two = await simulateCluster(await SHARES!.open(), plan(scheduler, 6, ROUGH));
      expect({ ...two, seconds: 0 }).toEqual({ ...one, seconds: 0 });
      expect(one.lost).toBeGreaterThan(0);
      const ran = Object.entries(one.evaluations).reduce((sum, [share, count]) => sum + Number(share) * count, 0);
      expect(one.spent).toBeGreaterThan(ran);
    }
  });

  it("with one worker takes as long as what was run, and what was lost as far as it came", async () => {
    const often = { ...CALM, lost: 0.3 };
    const { lost, spent, utilisation: busy } = await simulateCluster(await EPOCHS!.open(), plan("none", 1, often));
    expect(lost).toBeGreaterThan(0);
    expect(spent).toBeGreaterThan(10);
    expect(busy.end).toBeCloseTo(spent, 9);
  });

  it("waits at the rungs of synchronous halving, and not at those of asynchronous promotion", async () => {
    const busy = async (scheduler: string, options = {}) =>
      (await simulateCluster(await EPOCHS!.open(), plan(scheduler, 8, ROUGH, options))).utilisation.untilLastBegin;
    const synchronous = await busy("synchronous", { size: 8 * 27 });
    expect(synchronous).toBeLessThan(0.8);
    expect(await busy("asha")).toBeGreaterThan(synchronous + 0.05);
  });

  it("halves at each rung in synchronous halving", async () => {
    const calm = { ...plan("synchronous", 3, CALM, { size: 81 }), budget: 9 };
    const { evaluations } = await simulateCluster(await EPOCHS!.open(), calm);
    expect(evaluations).toMatchObject({ 1: 81, 3: 27, 9: 9, 27: 3 });
  });
});

it("tells the regret at a time by what had ended then", () => {
  const run = {
    budget: 40,
    workers: 4,
    byTime: [
      [2, 0.5],
      [5, 0.75],
    ],
  } as unknown as ClusterRecord;
  const regret = (share: number) => regretByTime({ best: 1, median: 0 }, run, share);
  expect([0.1, 0.2, 0.49, 0.5, 1].map(regret)).toEqual([1, 0.5, 0.5, 0.25, 0.25]);
});

import { beforeEach, expect, it } from "vitest";
import { compileLimits } from "../objective/index.ts";
import { float } from "../space/index.ts";
import type { Metric } from "../trial/metric.ts";
import type { Trial } from "../trial/trial.ts";
import { createStudy } from "./create-study.ts";
import { BestLeader, FrontLeader } from "./leader.ts";

type Values = Readonly<Record<string, number>>;

const LOSS: Metric = { name: "loss", direction: "minimize" };
const MS: Metric = { name: "ms", direction: "minimize" };
let study: Awaited<ReturnType<typeof begun>>;
const begun = () => createStudy({ name: "s", minimize: "loss", space: { x: float(0, 1) }, sampler: "random" });
beforeEach(async () => {
  study = await begun();
});

/** A trial that ended with these values; `early`: after it had reported them, before its end. */
async function ended(values: Values, early = false): Promise<Trial> {
  const trial = await study.ask();
  if (early) await trial.report(1, { loss: 0, ...values });
  await study.tell(trial, early ? { stopped: true } : { loss: 0, ...values });
  return study.trial(trial.number);
}

it("knows of nothing before a first trial", () => {
  const best = new BestLeader(LOSS, []);
  expect([best.words, best.reached(1), best.reached("goals")]).toEqual([null, null, null]);
  const front = new FrontLeader([LOSS, MS], []);
  expect([front.words, front.reached(1), front.reached("goals")]).toEqual([null, null, null]);
});

it.each([
  ["minimize", [5, 5, 4, 6, 3.9], [true, false, true, false, true], 3.9],
  ["maximize", [5, 5, 4, 6, 3.9], [true, false, false, true, false], 6],
] as const)("%s takes what is better than all before it, not what is as good", async (direction, list, taken, best) => {
  const leader = new BestLeader({ name: "loss", direction }, []);
  const found: boolean[] = [];
  for (const loss of list) found.push(leader.take(await ended({ loss })));
  expect(found).toEqual(taken);
  const at = list.indexOf(best as never);
  expect(leader.words).toBe(`none was better than trial ${at}`);
  expect(leader.reached(best)).toBe(`The target is reached: trial ${at} has loss ${best} (target ${best}).`);
  expect(leader.reached(direction === "minimize" ? best - 0.1 : best + 0.1)).toBe(null);
  expect(leader.reached("goals")).toBe(null);
});

it("counts what ended early, or without a finite value, for nothing", async () => {
  const [best, front] = [new BestLeader(LOSS, []), new FrontLeader([LOSS, MS], [])];
  const trials = [
    await ended({ loss: -1, ms: -1 }, true),
    await ended({ loss: Number.NaN, ms: 1 }),
    await ended({ loss: Number.NEGATIVE_INFINITY, ms: 1 }),
  ];
  for (const trial of trials) expect([best.take(trial), front.take(trial)]).toEqual([false, false]);
  expect(front.take(await ended({ loss: 1, ms: Number.NaN }))).toBe(false);
  expect(front.take(await ended({ loss: 1 }))).toBe(false);
  expect([best.words, front.words]).toEqual([null, null]);
});

it("holds what breaks the limits least for the best until something keeps them", async () => {
  const leader = new BestLeader({ ...LOSS, goal: 9 }, compileLimits(["ms <= 10"]));
  const take = async (loss: number, ms: number) => leader.take(await ended({ loss, ms }));
  expect(await take(5, 40)).toBe(true);
  expect(await take(1, 41)).toBe(false);
  expect(await take(9, 30)).toBe(true);
  expect(await take(9, 30)).toBe(false);
  // As far from the limits, the better value counts.
  expect(await take(8, 30)).toBe(true);
  expect([leader.reached(9), leader.reached("goals")]).toEqual([null, null]);
  expect(leader.words).toBe("none was better than trial 4");
  expect(await take(9, 10)).toBe(true);
  expect(await take(1, 11)).toBe(false);
  expect(leader.reached(9)).toBe("The target is reached: trial 5 has loss 9 (target 9).");
  expect(leader.reached("goals")).toBe("The target is reached: trial 5 has loss 9 (target 9).");
  expect(await take(8.5, 1)).toBe(true);
  expect(await take(8.6, 0)).toBe(false);
});

it("says the first trial that meets all goals, and nothing of a single target", async () => {
  const leader = new FrontLeader(
    [
      { ...LOSS, goal: 2 },
      { ...MS, goal: 2 },
    ],
    [],
  );
  const take = async (loss: number, ms: number) => leader.take(await ended({ loss, ms }));
  expect(await take(1, 3)).toBe(true);
  expect(await take(3, 1)).toBe(true);
  expect(await take(3, 3)).toBe(false);
  expect(leader.words).toBe("none came to the front");
  expect(leader.reached("goals")).toBe(null);
  expect(await take(2, 2)).toBe(true);
  expect(await take(1, 2)).toBe(true);
  expect(leader.reached("goals")).toBe("All goals are met: by trial 3.");
  expect(leader.reached(2)).toBe(null);
});

it("asks a goal of those alone that have one", async () => {
  const leader = new FrontLeader([LOSS, { ...MS, goal: 2 }], []);
  leader.take(await ended({ loss: 9, ms: 2 }));
  expect(leader.reached("goals")).toBe("All goals are met: by trial 0.");
});

it("takes a hidden trial for nothing where there are no limits to come nearer to", async () => {
  const trial = await ended({ ms: 1 });
  await study.invalidate(trial.number);
  const leader = new FrontLeader([LOSS, MS], []);
  expect(leader.take(study.trial(trial.number))).toBe(false);
  expect(leader.words).toBe(null);
});

it("goes by what comes nearer to the limits only while nothing keeps them", async () => {
  const leader = new FrontLeader([LOSS, MS], compileLimits(["gb <= 10"]));
  const take = async (loss: number, gb: number) => leader.take(await ended({ loss, ms: 1, gb }));
  expect(await take(1, 30)).toBe(true);
  expect(leader.words).toBe("none came nearer to the limits");
  expect(await take(0, 30)).toBe(false);
  expect(await take(0, 31)).toBe(false);
  expect(leader.take(await ended({ ms: 1, gb: 20 }, true))).toBe(false);
  expect(leader.take(await ended({ loss: 1, ms: Number.POSITIVE_INFINITY, gb: 20 }))).toBe(false);
  expect(await take(9, 20)).toBe(true);
  expect(await take(9, 10)).toBe(true);
  expect(leader.words).toBe("none came to the front");
  expect(await take(0, 11)).toBe(false);
  expect(await take(10, 1)).toBe(false);
  expect(await take(8, 1)).toBe(true);
});

import { describe, expect, it } from "vitest";
import { makeTrial } from "../objective/testing/make-trial.testing.ts";
import type { HeldOutRole, HeldOutRun } from "../trial/held-out-run.ts";
import type { Metric } from "../trial/metric.ts";
import type { Values } from "../trial/trial.ts";
import type { FrontPoint } from "./front-point.ts";
import { judgeHeldOutFront } from "./held-out-front.ts";
import { heldOutFrontStanding } from "./held-out-front-standing.ts";

const METRICS: readonly Metric[] = [
  { name: "loss", direction: "minimize" },
  { name: "recall", direction: "maximize" },
];
const NAMES = ["loss", "recall"];

function run(number: number, trial: number | null, values: Values, more: Partial<HeldOutRun> = {}): HeldOutRun {
  const end = { outcome: "ok", message: null, exitCode: 0, signal: null, checkpoint: null } as const;
  const asked = {
    params: { x: trial },
    seed: 1,
    command: { argv: ["test"] },
    metric: "loss",
    metrics: NAMES,
    reading: {},
  };
  return { number, role: "neighbour", trial, ...asked, values, end, startedAt: 0, endedAt: 1, ...more };
}

const point = (role: HeldOutRole, trial: number | null, loss: number, recall: number) => ({
  role,
  trial,
  params: { x: trial },
  seen: { loss, recall },
});
const THREE = [point("chosen", 4, 2, 0.5), point("neighbour", 8, 1, 0.4), point("neighbour", 2, 3, 0.6)];
const judged = (...values: readonly (readonly [number, number])[]) =>
  judgeHeldOutFront(
    THREE,
    values.map(([loss, recall], k) => run(k, THREE[k]!.trial, { loss, recall })),
    METRICS,
    NAMES,
  );

describe("judgeHeldOutFront", () => {
  it("has each objective's leads of the chosen point, over whom by the trial, and whether the order changed", () => {
    const { objectives } = judged([2.5, 0.45], [1.5, 0.5], [3, 0.6]);
    expect(objectives).toMatchObject([
      {
        seenMetric: "loss",
        rankChanged: false,
        leads: [
          { over: "neighbour", trial: 8, seen: -1, heldOut: -1 },
          { trial: 2, seen: 1, heldOut: 0.5, remains: 0.5 },
        ],
      },
      { seenMetric: "recall", rankChanged: true },
    ]);
    expect(objectives[1]!.leads.map(({ heldOut }) => heldOut)).toEqual([expect.closeTo(-0.05), expect.closeTo(-0.15)]);
  });

  it("says which points are beaten by which in everything, larger values being better where they are", () => {
    const { configurations } = judged([2.5, 0.45], [1.5, 0.5], [3, 0.6]);
    expect(configurations.map(({ beatenBy }) => beatenBy)).toEqual([[{ role: "neighbour", trial: 8 }], [], []]);
    expect(configurations[0]!.heldOut).toEqual({ loss: 2.5, recall: 0.45 });
    expect(judged([1, 0.5], [1, 0.5], [1, 0.5]).configurations.every(({ beatenBy }) => beatenBy!.length === 0)).toBe(
      true,
    );
  });

  it("tells objectives apart that came out as seen, and that are one value for all", () => {
    const { objectives } = judged([2, 0.7], [1, 0.7], [3, 0.7]);
    expect(objectives.map(({ asSeen, allSame }) => [asSeen, allSame])).toEqual([
      [true, false],
      [false, true],
    ]);
  });

  it("compares nothing by a run that failed or is missing, and in one objective by a value that is finite alone", () => {
    const end = { outcome: "exit-code", message: "boom", exitCode: 3, signal: null, checkpoint: null } as const;
    const runs = [
      run(0, 4, { loss: 2, recall: "Infinity" }),
      run(1, 8, { loss: 1, recall: 0.4 }),
      run(2, 2, {}, { end }),
    ];
    const { configurations, objectives } = judgeHeldOutFront(THREE, runs, METRICS, NAMES);
    expect(configurations).toMatchObject([
      { run: 0, heldOut: { loss: 2, recall: null }, beatenBy: null },
      { heldOut: { loss: 1, recall: 0.4 }, beatenBy: [] },
      { heldOut: null, message: "boom", beatenBy: null },
    ]);
    expect(objectives.map(({ leads }) => leads.length)).toEqual([1, 0]);
    const none = judgeHeldOutFront(THREE, [null, null, null], METRICS, NAMES);
    expect(none.configurations[0]).toMatchObject({ run: null, heldOut: null, beatenBy: null });
  });

  it("reads each objective by the name it is asked for on held-out data", () => {
    const asked = METRICS.map((metric) => ({ ...metric, name: `test_${metric.name}` }));
    const runs = THREE.map(({ trial }, k) =>
      run(k, trial, { test_loss: k, test_recall: k / 10, loss: 99, recall: 99 }),
    );
    const { configurations, objectives } = judgeHeldOutFront(THREE, runs, asked, NAMES);
    expect(configurations[2]!.heldOut).toEqual({ test_loss: 2, test_recall: 0.2 });
    expect(objectives[0]!.leads[0]).toMatchObject({ seen: -1, heldOut: 1 });
  });
});

describe("heldOutFrontStanding", () => {
  const trials = [makeTrial(0, 1), makeTrial(1, 2), makeTrial(2, 3)];
  const front = [{ number: 1 }, { number: 0 }] as unknown as readonly FrontPoint[];
  const values = (loss: number): Values => ({ loss, recall: loss / 10 });

  it("has the newest runs of the front's points, in its order, and the defaults where they are none of them", () => {
    const runs = [
      run(0, 0, values(9)),
      run(1, 0, values(1)),
      run(2, 1, values(2)),
      run(3, 2, values(3), { role: "default" }),
    ];
    expect(heldOutFrontStanding(runs, trials, front)).toEqual({
      metrics: NAMES,
      values: [
        { trial: 1, onFront: true, run: 2, values: { loss: 2, recall: 0.2 } },
        { trial: 0, onFront: true, run: 1, values: { loss: 1, recall: 0.1 } },
        { trial: 2, onFront: false, run: 3, values: { loss: 3, recall: expect.closeTo(0.3) } },
      ],
    });
  });

  it("looks past runs that failed, that were asked something else, and of points that are no more on the front", () => {
    const end = { outcome: "exit-code", message: "boom", exitCode: 3, signal: null, checkpoint: null } as const;
    const others = [
      run(1, 1, values(2), { command: { argv: ["other"] } }),
      run(2, 1, { loss: 2, recall: "NaN" }),
      run(3, 1, values(3), { end }),
      run(4, 2, values(4)),
    ];
    const found = heldOutFrontStanding(
      [...others.slice(0, 1), run(0, 0, values(1)), ...others.slice(1)],
      trials,
      front,
    );
    expect(found!.values.map(({ run: number }) => number)).toEqual([0]);
    expect(heldOutFrontStanding([run(4, 2, values(4))], trials, front)).toEqual({ metrics: NAMES, values: [] });
  });

  it("knows untried defaults, and nothing of runs by one objective", () => {
    const runs = [run(0, 0, values(1)), run(1, null, values(5), { role: "default" })];
    expect(heldOutFrontStanding(runs, trials, front)!.values.at(-1)).toMatchObject({
      trial: null,
      onFront: false,
      run: 1,
    });
    const { metrics: _, ...one } = run(0, 0, values(1));
    expect(heldOutFrontStanding([one], trials, front)).toBeNull();
  });
});

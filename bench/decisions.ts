/**
 * What a scheduler's decisions cost, each scheduler in turn: `node bench/decisions.ts [options]`.
 *
 *   --trials 10000   trials of the large study
 *   --steps 100      reports of each trial
 *   --reports 1000   reports of the one trial whose whole cost is measured
 *   --only median,asha
 *   --by one         what trials are judged by: one objective, two, limited (two and a limit), either (two and a limit that may be kept
 *                    in two ways), growing (one, and a limit on what grows with the run)
 */
import { parseArgs } from "node:util";
import { createScheduler, schedulerNames } from "../src/scheduler/index.ts";
import { float } from "../src/space/builders.ts";
import { defineSpace } from "../src/space/define-space.ts";
import type { JsonValue } from "../src/space/json.ts";
import { createStudy } from "../src/study/create-study.ts";
import { type Costs, DecidedStudy, type Judged, METRIC, SPACE } from "./cases/decided-study.ts";
import { plainly } from "./support/plainly.ts";
import { type Figure, report } from "./support/report.ts";
import { median } from "./support/statistics.ts";
import { wholeNumber } from "./support/whole-number.ts";

/** Trials whose decisions are measured, at the end of the small and of the large study. */
const MEASURED = 50;
/** Complete trials before the one that is measured alone. */
const BEFORE = 20;
/** By scheduler and the steps of a full run. */
const OPTIONS: Readonly<Record<string, (steps: number) => Readonly<Record<string, JsonValue>>>> = {
  threshold: () => ({ upper: 1e9 }),
  pbt: (steps) => ({ largest: steps, interval: Math.ceil(steps / 10) }),
};

const [LOSS, SIZE] = [METRIC, { name: "size", direction: "minimize" } as const];
const JUDGED: Readonly<Record<string, Judged>> = {
  one: { metrics: [LOSS], limits: [], grows: [] },
  two: { metrics: [LOSS, SIZE], limits: [], grows: [] },
  limited: { metrics: [LOSS, SIZE], limits: ["size <= 0.5"], grows: [] },
  either: { metrics: [LOSS, SIZE], limits: ["size <= 0.2 or loss <= 0.2"], grows: [] },
  growing: { metrics: [LOSS], limits: ["ms <= 150"], grows: ["ms"] },
};

await plainly(main);

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      trials: { type: "string", default: "10000" },
      steps: { type: "string", default: "100" },
      reports: { type: "string", default: "1000" },
      only: { type: "string", default: schedulerNames().join(",") },
      by: { type: "string", default: "one" },
    },
  });
  const trials = wholeNumber("trials", values.trials, 10 * MEASURED);
  const steps = wholeNumber("steps", values.steps, 1);
  const reports = wholeNumber("reports", values.reports, 1);
  const judged = JUDGED[values.by];
  if (judged === undefined) throw new Error(`--by ${values.by}; give one of ${Object.keys(JUDGED).join(", ")}`);
  const figures: Figure[] = [];
  for (const name of values.only.split(",")) {
    process.stderr.write(`${name}\n`);
    figures.push(...decisions(name, trials, steps, judged, values.by));
    if (values.by === "one") figures.push(await oneTrial(name, reports));
  }
  report("decisions", "/tmp", figures);
}

/** Decisions at a tenth of the trials and at all of them; in a process that has followed the study, and the first of one that has not. */
function decisions(name: string, trials: number, steps: number, judged: Judged, by: string): readonly Figure[] {
  const { metrics, ...rest } = judged;
  const options = OPTIONS[name]?.(steps) ?? {};
  const study = rest.limits.length === 0 ? null : { space: SPACE, seed: 1, ...rest };
  const make = () => createScheduler({ name, options }, metrics, null, study);
  const decided = new DecidedStudy(steps, metrics);
  const scheduler = make();
  const measured = (upTo: number): Costs => {
    while (decided.trials < upTo - MEASURED) decided.begin(scheduler, null);
    const costs: Costs = { reports: [], next: [] };
    while (decided.trials < upTo) decided.begin(scheduler, costs);
    return costs;
  };
  const small = measured(trials / 10);
  const large = measured(trials);
  const fresh: Costs = { reports: [], next: [] };
  decided.begin(make(), fresh);
  const growth = median(large.reports) / median(small.reports);
  const of = `${name}, ${trials} trials x ${steps}${by === "one" ? "" : ` by ${by}`}`;
  const all = [...large.reports, ...large.next].sort((a, b) => a - b);
  const wanted = { most: 2 };
  return [
    { name: `${of}: a decision on a report`, value: median(large.reports) / 1_000, unit: "ms", wanted },
    { name: `${of}: beside a tenth of the trials`, value: growth, unit: "x", wanted: { most: 1.5 } },
    { name: `${of}: 99 of 100 are below`, value: all[Math.floor(0.99 * all.length)]! / 1_000, unit: "ms", wanted },
    { name: `${of}: what to do next`, value: median(large.next) / 1_000, unit: "ms", wanted },
    { name: `${of}: the first of a process`, value: Math.max(...fresh.reports, ...fresh.next) / 1_000, unit: "ms" },
  ];
}

/** All that the tuner does for a trial that reports so often, in memory: its own reports, each awaited, beside a trial that reports once. */
async function oneTrial(name: string, reports: number): Promise<Figure> {
  const options = OPTIONS[name]?.(reports) ?? {};
  const space = defineSpace({ x: float(0, 1) });
  const study = await createStudy({ name: "one", minimize: "loss", space, scheduler: { name, ...options }, seed: 1 });
  let [last, made] = [0, 0];
  await study.optimize(
    async (trial) => {
      const [before, earlier] = [process.cpuUsage(), made];
      for (let step = 1; step <= reports; step++) {
        await trial.report(step, 1 / (step + trial.number));
        made += 1;
      }
      const { user, system } = process.cpuUsage(before);
      // Others run while it pauses, and report too.
      last = ((user + system) / 1_000) * (reports / (made - earlier));
      return 0;
    },
    { trials: BEFORE + 1 },
  );
  await study.close();
  return { name: `${name}: ${reports} reports of one trial`, value: last, unit: "ms", wanted: { most: 50 } };
}

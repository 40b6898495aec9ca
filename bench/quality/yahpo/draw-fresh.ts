/**
 * Draws instances of the YAHPO scenarios that are in no other task, and measures what their regrets refer to:
 * node bench/quality/yahpo/draw-fresh.ts
 *
 * The median is that of random configurations, the best the highest value that these or long local searches from the best of them
 * reach. Written to data/yahpo-fresh.json; tasks that are there already are left alone.
 */
import { existsSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { keyedStreams } from "../../../src/numeric/random/keyed-streams.ts";
import { mutate, randomPoint } from "../../../src/surrogate/gp/point-moves.ts";
import { PointSpace } from "../../../src/surrogate/gp/point-space.ts";
import { openObjective } from "./objective.ts";
import { readData, SCENARIOS, scenarioSpace } from "./scenario.ts";
import { FRESH_FILE, readFreshTasks, type YahpoTask, yahpoTasks } from "./task.ts";

const WANTED = { rbv2_xgboost: 5, rbv2_rpart: 4, lcbench: 3 } as const;
const DRAWS = 20_000;
const CLIMBS = 20;
const STEPS = 2_000;
const SPREADS = [0.2, 0.1, 0.05, 0.02, 0.01];

interface Found {
  readonly point: Float64Array;
  readonly value: number;
}

for (const [name, count] of Object.entries(WANTED)) {
  for (const instance of drawInstances(name, count)) {
    const known = existsSync(fileURLToPath(FRESH_FILE)) ? readFreshTasks() : [];
    if (known.some((task) => task.scenario === name && task.instance === instance)) continue;
    const task = await measure(name, instance);
    writeFileSync(FRESH_FILE, `[\n${[...known, task].map((each) => `  ${JSON.stringify(each)}`).join(",\n")}\n]\n`);
    process.stdout.write(`${name}/${instance}: median ${task.median}, best ${task.best}\n`);
  }
}

function drawInstances(name: string, count: number): readonly string[] {
  const scenario = SCENARIOS.find((each) => each.name === name)!;
  const codes = readData<Record<string, Record<string, number>>>(`yahpo/${name}/encoding.json`)[scenario.instance]!;
  const taken = new Set(yahpoTasks().flatMap((task) => (task.scenario === name ? [task.instance] : [])));
  const left = Object.keys(codes).filter((instance) => instance !== "#na#" && !taken.has(instance));
  const stream = keyedStreams(2026, name).stream("fresh");
  return Array.from({ length: count }, () => left.splice(stream.int(left.length), 1)[0]!);
}

async function measure(name: string, instance: string): Promise<YahpoTask> {
  const scenario = SCENARIOS.find((each) => each.name === name)!;
  const space = scenarioSpace(scenario);
  const points = new PointSpace(space);
  const objective = await openObjective(scenario, instance);
  const evaluate = async (point: Float64Array) => ({ point, value: await objective(points.toParams(point)) });
  const stream = keyedStreams(2026, name, instance).stream("search");
  const found: Found[] = [];
  for (let k = 0; k < DRAWS; k++) found.push(await evaluate(randomPoint(points, stream)));
  found.sort((a, b) => b.value - a.value);
  let best = found[0]!;
  for (const start of found.slice(0, CLIMBS)) {
    let at = start;
    for (let step = 0; step < STEPS; step++) {
      const next = await evaluate(mutate(points, at.point, SPREADS[step % SPREADS.length]!, stream));
      if (next.value >= at.value) at = next;
    }
    if (at.value > best.value) best = at;
  }
  const hyperparameters = space.parameters.length;
  return {
    ...{ suite: "fresh", scenario: name, instance, hyperparameters },
    conditions: space.parameters.filter(({ when }) => when.length > 0).length,
    budget: Math.ceil(20 + 40 * Math.sqrt(hyperparameters)),
    median: found[DRAWS >> 1]!.value,
    best: best.value,
  };
}

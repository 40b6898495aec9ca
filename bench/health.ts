import { parseArgs } from "node:util";
import { createStudy, type HealthFinding, type Study } from "../src/index.ts";
import { keyedStreams } from "../src/numeric/random/keyed-streams.ts";
import { type BenchTask, taskName } from "./quality/runner/bench-task.ts";
import { getSuite } from "./quality/suites.ts";
import { listOf } from "./support/list-of.ts";

/**
 * How often what `study.health()` says of studies on benchmark problems turns out untrue: of a plateau, whether half as many trials
 * again bring a fiftieth of what was gained; of an end of a range, whether the winner of a study thrice as long lies elsewhere. Whatever
 * else is told of these problems, none of which fails or varies, is untrue.
 */
const { values: options } = parseArgs({
  options: {
    suites: { type: "string", default: "bbob-5,synthetic" },
    samplers: { type: "string", default: "random,tpe" },
    seeds: { type: "string", default: "1" },
    trials: { type: "string", default: "150" },
    tasks: { type: "string", default: "100" },
  },
});

const MATTERS = 0.02;
const LATER = 1.5;
const LONG = 3;

const counts = new Map<string, { told: number; untrue: number }>();
let looks = 0;

function count(key: string, untrue: boolean): void {
  const own = counts.get(key) ?? { told: 0, untrue: 0 };
  counts.set(key, { told: own.told + 1, untrue: own.untrue + Number(untrue) });
}

/** The values of the best so far, trial by trial. */
function course(study: Study): readonly number[] {
  let best = Number.NEGATIVE_INFINITY;
  return study.trials().map(({ values }) => {
    best = Math.max(best, Number(values.value ?? Number.NaN) || best);
    return best;
  });
}

async function run(task: BenchTask, sampler: string, seed: number): Promise<void> {
  const { space, evaluate, close } = await task.open(seed);
  const study = (await createStudy({ name: "health", maximize: "value", space, sampler, seed })) as unknown as Study;
  const told: { readonly at: number; readonly findings: readonly HealthFinding[] }[] = [];
  const most = Number(options.trials);
  for (let number = 0; number < most * LONG; number++) {
    const asked = await study.ask();
    const { value } = await evaluate(asked.params, number, keyedStreams(seed, "noise", number));
    if (Number.isFinite(value)) await study.tell(asked, value);
    else await study.tell(asked, { failed: true });
    const done = number + 1;
    if (done <= most && [20, 50, 75, 100, 150, 200, 300].includes(done))
      told.push({ at: done, findings: study.health() });
    if (done >= most * LATER && told.every(({ findings }) => findings.every(({ kind }) => kind !== "edge"))) break;
  }
  const best = course(study);
  const ends = new Set(
    study.health().flatMap((one) => (one.kind === "edge" ? [`${one.data.parameter} ${one.data.side}`] : [])),
  );
  for (const { at, findings } of told) {
    looks += 1;
    for (const finding of findings) {
      const key = `${finding.severity} ${finding.kind}`;
      if (finding.kind === "plateau") {
        const start = [...study.trials().slice(0, 20)]
          .map(({ values }) => Number(values.value))
          .sort((a, b) => a - b)[10]!;
        const [now, later] = [best[at - 1]!, best[Math.min(best.length, Math.round(at * LATER)) - 1]!];
        count(key, later - now > MATTERS * (now - start));
      } else if (finding.kind === "edge") count(key, !ends.has(`${finding.data.parameter} ${finding.data.side}`));
      else count(key, finding.kind !== "duplicates");
    }
  }
  close?.();
  await study.close();
}

for (const suite of listOf(options.suites)) {
  for (const sampler of listOf(options.samplers)) {
    counts.clear();
    looks = 0;
    const tasks = getSuite(suite).tasks().slice(0, Number(options.tasks));
    for (const task of tasks)
      for (let seed = 0; seed < Number(options.seeds); seed++) {
        await run(task, sampler, seed).catch((error: unknown) => {
          throw new Error(`${taskName(task)} ${sampler} ${seed}`, { cause: error });
        });
      }
    const words = [...counts].sort().map(([key, { told, untrue }]) => `${key} ${told} (untrue ${untrue})`);
    console.log(`${suite} ${sampler}: ${looks} looks; ${words.join(", ") || "nothing told"}`);
  }
}

/**
 * How long the event loop stands still while `gp` suggests, in the main thread and in a thread of its own, and how long asking takes
 * there at once after a trial's end and some time later, when the fit is done ahead: `node bench/event-loop.ts [asks] [trials]`.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { keyedStreams } from "../src/numeric/random/keyed-streams.ts";
import { createGp } from "../src/sampler/gp/gp.ts";
import { fitCount } from "../src/sampler/gp/hyper-schedule.ts";
import { registerSampler } from "../src/sampler/registry.ts";
import type { Params } from "../src/space/json.ts";
import { sampleUniform } from "../src/space/sample-uniform.ts";
import { createStudy } from "../src/study/create-study.ts";
import { makeLandscape } from "./quality/synthetic/landscape.ts";
import { SYNTHETIC_SPACES } from "./quality/synthetic/spaces.ts";
import { type Figure, report } from "./support/report.ts";
import { medianInterval } from "./support/statistics.ts";
import { watchEventLoop } from "./support/watch-event-loop.ts";

const ASKS = Number(process.argv[2] ?? 60);
const TRIALS = Number(process.argv[3] ?? 120);
/** Time that a trial takes where it is not told about at once. */
const PAUSE_MS = 250;

const space = SYNTHETIC_SPACES["mixed-10"]!.space();
const value = makeLandscape(space, keyedStreams(0, "speed"));
// A registered sampler stays in the main thread: the same one under another name.
registerSampler({ name: "gp-inline", create: createGp });

interface Asked {
  readonly ms: number;
  readonly stall: number;
  /** Whether a new fit was due. */
  readonly due: boolean;
}

async function contender(sampler: string, pause: number) {
  const study = await createStudy({ name: "bench", minimize: "loss", space, sampler, seed: 1 });
  const none = { reports: [], startedAt: null, finishedAt: null, attributes: {} };
  const history = Array.from({ length: TRIALS }, (_, i) => sampleUniform(space, keyedStreams(1, i)));
  await study.importTrials(
    history.map((params) => ({ params, state: "complete", values: { loss: value(params) }, ...none })),
  );
  const asked: Asked[] = [];
  let rows = TRIALS;
  const step = async (counts: boolean): Promise<void> => {
    if (pause > 0) await sleep(pause);
    let ms = 0;
    const { timer } = await watchEventLoop(async () => {
      const begin = performance.now();
      const trial = await study.ask();
      ms = performance.now() - begin;
      await study.tell(trial, value(trial.params as Params));
    });
    if (counts) asked.push({ ms, stall: timer, due: fitCount(rows) === rows });
    rows += 1;
  };
  return { asked, step, close: () => study.close() };
}

const contenders = {
  "main thread": await contender("gp-inline", 0),
  "thread, at once": await contender("gp", 0),
  "thread, later": await contender("gp", PAUSE_MS),
};
// The first asks fit the long history and load the thread; they are not what is measured.
for (let k = -5; k < ASKS; k++) for (const each of Object.values(contenders)) await each.step(k >= 0);
for (const each of Object.values(contenders)) await each.close();
const free = await watchEventLoop(() => sleep(2000));

const figures: Figure[] = [];
for (const [name, { asked }] of Object.entries(contenders)) {
  const stalls = asked.map(({ stall }) => stall);
  figures.push({ name: `longest stall, ${name}`, value: Math.max(...stalls), unit: "ms" });
  figures.push(middle(`stall of an ask, ${name}`, stalls));
  for (const due of [true, false]) {
    const list = asked.filter((each) => each.due === due).map(({ ms }) => ms);
    figures.push(middle(`ask, ${due ? "a fit is due" : "no fit is due"}, ${name}`, list));
  }
}
figures.push({ name: "longest stall, nothing to do", value: free.timer, unit: "ms" });
const inline = contenders["main thread"].asked;
for (const name of ["thread, at once", "thread, later"] as const) {
  const ratios = contenders[name].asked.map(({ stall }, k) => inline[k]!.stall / Math.max(stall, 0.1));
  figures.push({ ...middle(`stalls, main thread to ${name}`, ratios), unit: "x", wanted: { least: 3 } });
}
report("event-loop", "/tmp", figures);

function middle(name: string, list: readonly number[]): Figure {
  const { middle: value, low, high } = medianInterval(list);
  return { name, value, low, high, unit: "ms", note: `median of ${list.length}` };
}

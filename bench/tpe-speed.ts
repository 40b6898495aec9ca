/**
 * Milliseconds of ask and tell with `tpe` beside rustuna, Optuna's rewrite in Rust, after n trials:
 *
 *     node bench/tpe-speed.ts [--rounds 7] [--steps 60] [--sizes 100,1000,10000] [--cases "floats, random"]
 *
 * First `bench/setup-peers.sh rustuna`. Each round starts a process of either side, which is told the same history, and takes the
 * median of the steps after the first: cold, in its first study, and warm, in a later one, after up to a thousand steps in studies
 * before it. Ratios are made within a round. A history is of random trials, or what `tpe` itself searched.
 */
import path from "node:path";
import { parseArgs } from "node:util";
import { AttuneError } from "../src/errors.ts";
import { keyedStreams } from "../src/numeric/random/keyed-streams.ts";
import { defineSpace, float, type Params, type Space, sampleUniform } from "../src/space/index.ts";
import { createStudy } from "../src/study/create-study.ts";
import { PeerContender } from "./quality/runner/peer-contender.ts";
import { PEERS, type PeerCommand } from "./quality/runner/peers.ts";
import { makeLandscape } from "./quality/synthetic/landscape.ts";
import { SYNTHETIC_SPACES } from "./quality/synthetic/spaces.ts";
import { plainly } from "./support/plainly.ts";
import { type Figure, report } from "./support/report.ts";
import { median, medianInterval } from "./support/statistics.ts";
import { wholeNumber } from "./support/whole-number.ts";

const FLOATS = defineSpace(Object.fromEntries(Array.from({ length: 10 }, (_, i) => [`x${i}`, float(0, 1)])));
const CONDITIONAL = SYNTHETIC_SPACES["nested-12"]!.space();
/** Times the peer's time at most. */
const MOST = 1.5;
/** Steps after which a process counts as warm: fewer where each is longer. */
const warmUp = (size: number): number => Math.max(200, Math.min(1000, 1_000_000 / size));

interface Case {
  readonly space: Space;
  readonly searched: boolean;
  readonly most: number | null;
}

const CASES: Readonly<Record<string, Case>> = {
  "floats, random": { space: FLOATS, searched: false, most: MOST },
  "floats, searched": { space: FLOATS, searched: true, most: MOST },
  "conditional, searched": { space: CONDITIONAL, searched: true, most: null },
};
const OURS: PeerCommand = [process.execPath, path.join(import.meta.dirname, "cases", "attune-peer.ts"), "tpe"];
const THEIRS = PEERS["rustuna-tpe"]!;

interface Trial {
  readonly params: Params;
  readonly loss: number;
}

await plainly(async () => {
  const { values } = parseArgs({
    options: {
      rounds: { type: "string", default: "7" },
      steps: { type: "string", default: "60" },
      sizes: { type: "string", default: "100,1000,10000" },
      cases: { type: "string", multiple: true, default: Object.keys(CASES) },
    },
  });
  const rounds = wholeNumber("rounds", values.rounds, 1);
  const steps = wholeNumber("steps", values.steps, 1);
  const sizes = values.sizes.split(",").map((text) => wholeNumber("sizes", text, 1));
  const figures: Figure[] = [];
  for (const name of values.cases) {
    const given = CASES[name];
    if (given === undefined) {
      const known = Object.keys(CASES).map((one) => `"${one}"`);
      throw new AttuneError("invalid-argument", `--cases: ${name} is not measured; ${known.join(", ")} are`);
    }
    const history = await historyOf(given, Math.max(...sizes));
    for (const size of sizes)
      figures.push(...(await measure(`${name}, ${size} trials`, given, history.slice(0, size), rounds, steps)));
  }
  report("tpe-speed", "/tmp", figures);
});

async function historyOf({ space, searched }: Case, count: number): Promise<readonly Trial[]> {
  const loss = lossOf(space);
  if (!searched)
    return Array.from({ length: count }, (_, i) => sampleUniform(space, keyedStreams(1, i))).map((params) => ({
      params,
      loss: loss(params),
    }));
  const study = await createStudy({ name: "searched", minimize: "loss", space, sampler: "tpe", seed: 2 });
  const trials: Trial[] = [];
  while (trials.length < count) {
    const asked = await study.ask();
    trials.push({ params: asked.params, loss: loss(asked.params) });
    await study.tell(asked, trials.at(-1)!.loss);
  }
  await study.close();
  return trials;
}

function lossOf(space: Space): (params: Params) => number {
  return makeLandscape(space, keyedStreams(0, "speed"));
}

async function measure(
  name: string,
  { space, most }: Case,
  history: readonly Trial[],
  rounds: number,
  steps: number,
): Promise<readonly Figure[]> {
  const times: readonly [Times[], Times[]] = [[], []];
  for (let round = 0; round < rounds; round += 1) {
    const sides = round % 2 === 0 ? ([0, 1] as const) : ([1, 0] as const);
    for (const side of sides) times[side].push(await timesOf(side === 0 ? OURS : THEIRS, space, history, steps));
  }
  const figure = (label: string, unit: string, list: readonly number[], wanted?: Figure["wanted"]) => {
    const { middle, low, high } = medianInterval(list);
    return { name: `${label}, ${name}`, value: middle, low, high, unit, wanted };
  };
  const ratios = (kind: keyof Times) => times[0].map((time, round) => time[kind] / times[1][round]![kind]);
  const wanted = most === null ? undefined : { most };
  return [
    ...(["warm", "cold"] as const).flatMap((kind) => [
      figure(`tpe, ${kind}`, "ms", pluck(times[0], kind)),
      figure(`rustuna, ${kind}`, "ms", pluck(times[1], kind)),
    ]),
    figure("tpe / rustuna, warm", "x", ratios("warm"), wanted),
    figure("tpe / rustuna, warm, processor time", "x", ratios("processor"), wanted),
    figure("tpe / rustuna, cold", "x", ratios("cold")),
  ];
}

/** Medians in ms: of the first steps of a process, and of a second study in the same one; of these the processor time too. */
interface Times {
  readonly cold: number;
  readonly warm: number;
  readonly processor: number;
}

function pluck(list: readonly Times[], kind: keyof Times): readonly number[] {
  return list.map((times) => times[kind]);
}

async function timesOf(command: PeerCommand, space: Space, history: readonly Trial[], steps: number): Promise<Times> {
  const peer = new PeerContender(command);
  const cold = await stepThrough(peer, space, history, steps);
  for (let again = steps; again < warmUp(history.length); again += steps)
    await stepThrough(peer, space, history, steps);
  const warm = await stepThrough(peer, space, history, steps);
  peer.close();
  return { cold: median(cold.wall), warm: median(warm.wall), processor: median(warm.cpu) };
}

/** A new study with the history, and what each step after the first takes in ms. */
async function stepThrough(peer: PeerContender, space: Space, history: readonly Trial[], steps: number) {
  const loss = lossOf(space);
  await peer.open(space, { seed: 1, budget: history.length + steps, pending: 1 });
  for (const [i, trial] of history.entries()) await peer.tell(i, trial.params, -trial.loss);
  const [wall, cpu]: [number[], number[]] = [[], []];
  for (let step = 0; step <= steps; step += 1) {
    const { seconds, cpuSeconds } = peer;
    const params = await peer.ask(history.length + step);
    await peer.tell(history.length + step, params!, -loss(params!));
    if (step === 0) continue;
    wall.push(1000 * (peer.seconds - seconds));
    cpu.push(1000 * (peer.cpuSeconds - cpuSeconds));
  }
  return { wall, cpu };
}

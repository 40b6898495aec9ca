/**
 * Seconds per suggestion (ask and tell) beside Optuna's, ten mixed parameters, one thread, after n trials:
 *
 *     node bench/quality/speed.ts [--rounds 5] [--sizes 100,300,1000,10000] [--samplers gp,tpe]
 *
 * First bench/setup-peers.sh. Contenders take turns, so that what else the machine does hits all; ratios are made within a round.
 */
import { parseArgs } from "node:util";
import { AttuneError } from "../../src/errors.ts";
import { keyedStreams } from "../../src/numeric/random/keyed-streams.ts";
import type { Params } from "../../src/space/json.ts";
import { sampleUniform } from "../../src/space/sample-uniform.ts";
import type { Space } from "../../src/space/space.ts";
import { createStudy } from "../../src/study/create-study.ts";
import { importMeasured } from "../support/import-measured.ts";
import { plainly } from "../support/plainly.ts";
import { type Figure, report } from "../support/report.ts";
import { medianInterval } from "../support/statistics.ts";
import { wholeNumber } from "../support/whole-number.ts";
import { PeerContender } from "./runner/peer-contender.ts";
import { PEERS } from "./runner/peers.ts";
import { makeLandscape } from "./synthetic/landscape.ts";
import { SYNTHETIC_SPACES } from "./synthetic/spaces.ts";

interface Wanted {
  readonly peer: string;
  /** Suggestions in a round of Attune and of the peer. */
  readonly count: readonly [number, number];
  /** By size: seconds at most, and how many times faster than the peer at least. */
  readonly sizes: Readonly<Record<number, { readonly seconds?: number; readonly times: number }>>;
}

const WANTED: Readonly<Record<string, Wanted>> = {
  gp: {
    peer: "optuna-gp",
    count: [4, 1],
    sizes: {
      100: { seconds: 0.03, times: 10 },
      300: { seconds: 0.06, times: 10 },
      1000: { seconds: 0.15, times: 10 },
    },
  },
  tpe: {
    peer: "optuna-tpe",
    count: [4, 4],
    sizes: { 100: { times: 1 }, 1000: { times: 3 }, 10000: { times: 10 } },
  },
};

const space: Space = SYNTHETIC_SPACES["mixed-10"]!.space();
const value = makeLandscape(space, keyedStreams(0, "speed"));
const history = (size: number) => Array.from({ length: size }, (_, i) => sampleUniform(space, keyedStreams(1, i)));

await plainly(main);

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      rounds: { type: "string", default: "5" },
      sizes: { type: "string", default: "100,300,1000,10000" },
      samplers: { type: "string", default: "gp,tpe" },
    },
  });
  const rounds = wholeNumber("rounds", values.rounds, 1);
  const samplers = among("samplers", values.samplers, Object.keys(WANTED));
  const sizes = among("sizes", values.sizes, allSizes(Object.keys(WANTED)));
  const wanted = samplers.flatMap((sampler) =>
    sizes.map(Number).flatMap((size) => (WANTED[sampler]!.sizes[size] === undefined ? [] : [{ sampler, size }])),
  );
  if (wanted.length === 0) {
    const known = samplers.map((sampler) => `${sampler} is measured after ${allSizes([sampler]).join(", ")} trials`);
    throw new AttuneError("invalid-argument", `nothing to measure: ${known.join("; ")}`);
  }
  const figures: Figure[] = [];
  for (const { sampler, size } of wanted) figures.push(...(await measure(sampler, size, rounds)));
  report("quality-speed", "/tmp", figures);
}

/** The sizes that these samplers are measured at. */
function allSizes(samplers: readonly string[]): readonly string[] {
  const sizes = samplers.flatMap((sampler) => Object.keys(WANTED[sampler]!.sizes).map(Number));
  return [...new Set(sizes)].sort((a, b) => a - b).map(String);
}

function among(option: string, text: string, known: readonly string[]): readonly string[] {
  const words = text.split(",");
  const unknown = words.find((word) => !known.includes(word));
  if (unknown === undefined) return words;
  throw new AttuneError(
    "invalid-argument",
    `--${option}: ${unknown || "nothing"} is not measured; ${known.join(", ")} are`,
  );
}

interface Cost {
  readonly wall: number;
  /** Of all threads; tells what the wall time would be on an idle machine. */
  readonly cpu: number;
}

/** Something that makes a suggestion and is told its value. */
interface Runner {
  step(): Promise<Cost>;
  close(): Promise<void>;
}

async function measure(sampler: string, size: number, rounds: number): Promise<readonly Figure[]> {
  const { peer, count, sizes } = WANTED[sampler]!;
  const runners = [await ownRunner(sampler, history(size)), await peerRunner(peer, history(size))] as const;
  const costs: readonly [Cost[], Cost[]] = [[], []];
  for (let round = -1; round < rounds; round++) {
    for (const side of [0, 1] as const) {
      const steps: Cost[] = [];
      for (let k = 0; k < count[side]; k++) steps.push(await runners[side].step());
      if (round >= 0)
        costs[side].push({ wall: mean(steps.map(({ wall }) => wall)), cpu: mean(steps.map(({ cpu }) => cpu)) });
    }
  }
  for (const runner of runners) await runner.close();
  const { seconds: most, times } = sizes[size]!;
  const figure = (name: string, list: readonly Cost[], kind: keyof Cost, wanted?: Figure["wanted"]) => {
    const { middle, low, high } = medianInterval(list.map((cost) => cost[kind]));
    return { name: `${name}, ${size} trials`, value: middle, low, high, unit: `s ${kind}`, wanted };
  };
  const [own, theirs] = costs;
  const ratio = medianInterval(own.map(({ wall }, round) => theirs[round]!.wall / wall));
  process.stdout.write(`${sampler} ${size}: ${ratio.middle.toPrecision(2)} times as fast as ${peer}\n`);
  return [
    figure(sampler, own, "wall", most === undefined ? undefined : { most }),
    figure(sampler, own, "cpu"),
    figure(peer, theirs, "wall"),
    figure(peer, theirs, "cpu"),
    {
      name: `${peer} / ${sampler}, ${size} trials`,
      value: ratio.middle,
      low: ratio.low,
      high: ratio.high,
      unit: "x wall",
      wanted: { least: times },
    },
  ];
}

function mean(list: readonly number[]): number {
  return list.reduce((a, b) => a + b, 0) / list.length;
}

/** Through the study, as a user asks; the first call, which reads the history, is not counted. */
async function ownRunner(sampler: string, trials: readonly Params[]): Promise<Runner> {
  const study = await createStudy({ name: `speed-${sampler}`, minimize: "loss", space, sampler, seed: 1 });
  await importMeasured(study, trials, value);
  const step = async () => {
    const [begin, used] = [performance.now(), process.cpuUsage()];
    const trial = await study.ask();
    await study.tell(trial, value(trial.params));
    const { user, system } = process.cpuUsage(used);
    return { wall: (performance.now() - begin) / 1e3, cpu: (user + system) / 1e6 };
  };
  await step();
  return { step, close: () => study.close() };
}

async function peerRunner(name: string, trials: readonly Params[]): Promise<Runner> {
  const peer = new PeerContender(PEERS[name]!);
  await peer.open(space, { seed: 1, budget: trials.length + 1000, pending: 1 });
  for (const [i, params] of trials.entries()) await peer.tell(i, params, -value(params));
  let next = trials.length;
  const step = async () => {
    const { seconds, cpuSeconds } = peer;
    const params = await peer.ask(next);
    await peer.tell(next, params!, -value(params!));
    next += 1;
    return { wall: peer.seconds - seconds, cpu: peer.cpuSeconds - cpuSeconds };
  };
  await step();
  return { step, close: async () => peer.close() };
}

/**
 * The fault campaigns at length: `npm run faults -- [--faults 1000] [--seed 1] [--kinds "kill,swap log"]` mixes all kinds of faults, and goes on
 * where the same command was ended. `--only shared,crash,hand,kills,stop,namespaces,replay` [--kills 200] [--passages 3] [--stop 75] are those of one kind
 * each. Each line says what was done and found whole. Ends with code 1 when something is not.
 */
import path from "node:path";
import { parseArgs } from "node:util";
import { crashByHand, POINTS_BY_HAND } from "./by-hand.ts";
import { mixedCampaign } from "./campaign/mixed.ts";
import { crashEverywhere } from "./crash-points.ts";
import { killAtRandom } from "./random-kills.ts";
import { replayAfterKills } from "./replay-after-kills.ts";
import { commandsUnderFire } from "./shared-commands.ts";
import { stopOne } from "./stopped-process.ts";

const { values } = parseArgs({
  options: {
    faults: { type: "string", default: "1000" },
    kinds: { type: "string" },
    file: { type: "string", default: path.join(import.meta.dirname, "..", "..", "bench", "results", "faults.jsonl") },
    kills: { type: "string", default: "200" },
    seed: { type: "string", default: "1" },
    passages: { type: "string", default: "3" },
    stop: { type: "string", default: "75" },
    only: { type: "string", default: "mixed" },
  },
});
const seed = Number(values.seed);
const seconds = Number(values.stop);
const tell = (line: string): void => {
  process.stdout.write(`${new Date().toISOString().slice(11, 19)} ${line}\n`);
};

const campaigns: Readonly<Record<string, () => Promise<void>>> = {
  mixed: async () => {
    const { faults, file, kinds } = values;
    const campaign = { faults: Number(faults), seed, file, ...(kinds !== undefined && { kinds: kinds.split(",") }) };
    if (!(await mixedCampaign(campaign, tell))) process.exitCode = 1;
  },
  shared: async () => {
    const { kills, poisons, problems } = await commandsUnderFire({
      commands: 1_000,
      processes: 4,
      kills: Number(values.kills),
      seed,
    });
    tell(
      `1000 commands by 4 processes, ${kills} kills, ${poisons} commands that cannot be kept: ${problems.length} problems`,
    );
    for (const problem of problems) tell(problem);
    if (problems.length > 0) process.exitCode = 1;
  },
  crash: async () => {
    const crashes = await crashEverywhere(Number(values.passages), tell);
    tell(`crashes at statement boundaries: ${crashes}, every study whole`);
  },
  hand: async () => {
    const points = Object.keys(POINTS_BY_HAND) as (keyof typeof POINTS_BY_HAND)[];
    for (const point of points) await crashByHand(point);
    tell(`crashes of ask, tell, enqueue and delete: ${points.length}, every study whole`);
  },
  kills: async () => {
    const campaign = { kills: Number(values.kills), seed, trials: 60, workers: 4, latest: 150 };
    const { kills, studies, attempts, lost, given } = await killAtRandom(campaign, tell);
    const outcome = `${attempts} attempts, ${lost} of them lost and tried again, ${given} trials given up after three`;
    tell(`SIGKILLs at random moments: ${kills} in ${studies} studies, ${outcome}, every study whole`);
  },
  stop: async () => {
    const { attempts, lost } = await stopOne({ seconds, namespaces: false, trials: 40 });
    tell(`SIGSTOP for ${seconds} s, processes in sight: ${attempts} attempts, ${lost} lost, study whole`);
  },
  namespaces: async () => {
    const { attempts, lost } = await stopOne({ seconds, namespaces: true, trials: 40 });
    tell(`SIGSTOP for ${seconds} s, processes out of sight: ${attempts} attempts, ${lost} taken over, study whole`);
  },
  replay: async () => {
    const members = [
      ["random", "none"],
      ["hash-view", "none"],
      ["warm-model", "none"],
      ["hash-view", "pause-and-promote"],
    ] as const;
    for (const [sampler, scheduler] of members) {
      const campaign = { sampler, scheduler, trials: 300, kills: 20, seed };
      const { kills, lost } = await replayAfterKills(campaign);
      tell(`replay, ${sampler} with ${scheduler}: ${kills} kills, ${lost} attempts lost, 300 trials equal bit for bit`);
    }
  },
};

for (const name of values.only.split(",").map((word) => word.trim())) {
  const campaign = campaigns[name];
  if (campaign === undefined)
    throw new Error(`There is no campaign ${name}; there are ${Object.keys(campaigns).join(", ")}.`);
  await campaign();
}

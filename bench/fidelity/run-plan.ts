import { parseArgs } from "node:util";
import { AttuneError } from "../../src/errors.ts";
import { samplerThinks } from "../../src/sampler/registry.ts";
import { schedulerAbilities, schedulerNames } from "../../src/scheduler/registry.ts";
import { parseSeeds } from "../quality/runner/parse-seeds.ts";
import { wantedTasks } from "../quality/runner/wanted-tasks.ts";
import { listOf } from "../support/list-of.ts";
import { readOptions } from "../support/read-options.ts";
import { wholeNumber } from "../support/whole-number.ts";
import type { FidelityTask } from "./fidelity-task.ts";
import type { ContenderChoice } from "./job.ts";
import { FIDELITY_PEERS } from "./peers.ts";
import { fidelitySuite } from "./suites.ts";

const OPTIONS = {
  suite: { type: "string", default: "yahpo-dev" },
  pairs: { type: "string", default: "" },
  "scheduler-options": { type: "string", default: "{}" },
  "sampler-options": { type: "string", default: "{}" },
  name: { type: "string" },
  peers: { type: "string", default: "" },
  tasks: { type: "string" },
  seeds: { type: "string", default: "0" },
  budget: { type: "string", default: "30" },
  jobs: { type: "string", default: "1" },
  out: { type: "string", default: "runs.jsonl" },
} as const;

type Words = ReturnType<typeof parseArgs<{ options: typeof OPTIONS }>>["values"];

/** What is to be run. */
export interface RunPlan {
  readonly suite: string;
  readonly tasks: readonly FidelityTask[];
  readonly contenders: readonly ContenderChoice[];
  readonly seeds: readonly number[];
  /** Full runs. */
  readonly budget: number;
  readonly processes: number;
  readonly out: string;
}

/** Reads the words of `run.ts`. Throws AttuneError `invalid-argument`, or what parseArgs throws, for those that it cannot use. */
export function readRunPlan(args: readonly string[]): RunPlan {
  const { values } = parseArgs({ args: [...args], options: OPTIONS });
  const suite = fidelitySuite(values.suite);
  const contenders = [...pairChoices(values), ...peerChoices(values)];
  if (contenders.length === 0) throw refusal("--pairs or --peers must name who is to run");
  return {
    suite: suite.name,
    tasks: wantedTasks(suite.name, suite.tasks(), values.tasks),
    contenders,
    seeds: parseSeeds(values.seeds),
    budget: wholeNumber("budget", values.budget, 2),
    processes: wholeNumber("jobs", values.jobs, 1),
    out: values.out,
  };
}

function refusal(message: string): AttuneError {
  return new AttuneError("invalid-argument", message);
}

/** A scheduler with a sampler: `asha+tpe`. Throws AttuneError `invalid-argument` for others than there are. */
export function readPair(pair: string): { readonly scheduler: string; readonly sampler: string } {
  const [scheduler, sampler, ...more] = pair.split("+");
  if (scheduler === undefined || sampler === undefined || more.length > 0)
    throw refusal(`--pairs: ${pair} is no scheduler with a sampler, such as asha+tpe`);
  samplerThinks(sampler); // throws for one that there is not
  if (schedulerAbilities(scheduler) !== null) return { scheduler, sampler };
  throw refusal(`--pairs: there is no scheduler ${scheduler}; there are: ${schedulerNames().join(", ")}`);
}

function pairChoices(values: Words): readonly ContenderChoice[] {
  const pairs = listOf(values.pairs);
  const [ofScheduler, ofSampler] = (["scheduler-options", "sampler-options"] as const).map((option) =>
    readOptions(option, values[option]),
  );
  const own = values.name !== undefined || Object.keys({ ...ofScheduler, ...ofSampler }).length > 0;
  if (own && pairs.length !== 1) throw refusal("--name and options are those of one pair; give one in --pairs");
  return pairs.map((pair) => {
    const { scheduler, sampler } = readPair(pair);
    const parts = {
      scheduler: { name: scheduler, options: ofScheduler! },
      sampler: { name: sampler, options: ofSampler! },
    };
    return { kind: "own", method: values.name ?? pair, ...parts };
  });
}

function peerChoices(values: Words): readonly ContenderChoice[] {
  return listOf(values.peers).map((peer) => {
    if (!Object.hasOwn(FIDELITY_PEERS, peer))
      throw refusal(`--peers: there is no peer ${peer}; there are: ${Object.keys(FIDELITY_PEERS).join(", ")}`);
    return { kind: "peer", method: peer, peer };
  });
}

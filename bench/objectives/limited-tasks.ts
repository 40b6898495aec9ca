import { keyedStreams } from "../../src/numeric/random/keyed-streams.ts";
import { sampleUniform } from "../../src/space/index.ts";
import { openOutputs } from "../quality/yahpo/objective.ts";
import { SCENARIOS, scenarioSpace } from "../quality/yahpo/scenario.ts";
import { LIMITED_PROBLEMS } from "./limited-problems.ts";
import type { LimitedTask } from "./limited-task.ts";

/** Draws whose time says where the limit lies, and the share of them that keep it. */
const [DRAWS, SHARE] = [2_000, 0.2];
/** Places of accuracy and of a time among the outputs of the networks. */
const OUTPUTS: Readonly<Record<string, readonly [accuracy: number, time: number]>> = {
  lcbench: [1, 0],
  rbv2_xgboost: [0, 6],
};

/** Accuracy within the time that a fifth of random configurations keep. */
function timed(suite: "dev" | "headline", name: string, instance: string): LimitedTask {
  const open = async () => {
    const scenario = SCENARIOS.find((one) => one.name === name)!;
    const [run, space, [accuracy, time]] = [
      await openOutputs(scenario, instance),
      scenarioSpace(scenario),
      OUTPUTS[name]!,
    ];
    const evaluate = async (params: Parameters<typeof run>[0]): Promise<readonly number[]> => {
      const all = await run(params);
      return [-all[accuracy]!, all[time]!];
    };
    const times: number[] = [];
    for (let draw = 0; draw < DRAWS; draw++)
      times.push((await evaluate(sampleUniform(space, keyedStreams(7, draw))))[1]!);
    const bound = times.sort((a, b) => a - b)[Math.ceil(SHARE * DRAWS) - 1]!;
    return { space, limits: [`time <= ${bound}`], kept: ["time"], best: null, evaluate };
  };
  return { name: `${name} ${instance}`, suite, open };
}

/** Tasks with limits; those of `dev` are on other instances than `headline`. */
export const LIMITED_TASKS: readonly LimitedTask[] = [
  ...LIMITED_PROBLEMS,
  ...["3945", "34539", "146212"].map((instance) => timed("dev", "lcbench", instance)),
  ...["3", "1068", "41143"].map((instance) => timed("dev", "rbv2_xgboost", instance)),
  ...["167168", "167152", "189873"].map((instance) => timed("headline", "lcbench", instance)),
  ...["12", "40984", "1487"].map((instance) => timed("headline", "rbv2_xgboost", instance)),
];

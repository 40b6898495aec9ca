import { expect, it } from "vitest";
import { readRunPlan } from "./run-plan.ts";

const RUN = ["--suite", "smoke", "--pairs", "asha+random"];

it.each([
  [["--suite", "bbob-2"], "--suite: there is no suite bbob-2; there are: yahpo-dev, "],
  [["--pairs", ""], "--pairs or --peers must name who is to run"],
  [["--pairs", "asha"], "--pairs: asha is no scheduler with a sampler, such as asha+tpe"],
  [["--pairs", "asha+tpe+gp"], "--pairs: asha+tpe+gp is no scheduler with a sampler"],
  [["--pairs", "asha+gpp"], 'There is no sampler named "gpp"'],
  [["--pairs", "ashaa+gp"], "--pairs: there is no scheduler ashaa; there are: none, "],
  [["--pairs", "none+tpe,asha+tpe", "--name", "x"], "--name and options are those of one pair"],
  [["--scheduler-options", "[1]"], "--scheduler-options is no JSON object: [1]"],
  [["--peers", "toString"], "--peers: there is no peer toString; there are: optuna-tpe-group, "],
  [["--tasks", "nosuch"], "--tasks: smoke has no task whose name contains nosuch; it has: smoke/epochs"],
  [["--budget", "1"], '--budget is "1"; give a whole number from 2 up.'],
  [["--seeds", "3-1"], "--seeds 3-1: whole numbers"],
  [["--nosuch"], "Unknown option '--nosuch'"],
])("%j is refused with what there is", (words, message) => {
  expect(() => readRunPlan([...RUN, ...words])).toThrow(message);
});

it("gives a pair its options and its name", () => {
  const options = ["--scheduler-options", '{"reduction":4}', "--sampler-options", '{"initial":8}', "--name", "quick"];
  expect(readRunPlan([...RUN, ...options]).contenders).toEqual([
    {
      ...{ kind: "own", method: "quick" },
      scheduler: { name: "asha", options: { reduction: 4 } },
      sampler: { name: "random", options: { initial: 8 } },
    },
  ]);
});

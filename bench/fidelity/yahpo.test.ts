import { existsSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { keyedStreams } from "../../src/numeric/random/keyed-streams.ts";
import { sampleUniform } from "../../src/space/sample-uniform.ts";
import { SCENARIOS, scenarioFidelity } from "../quality/yahpo/scenario.ts";
import { openTask, readFreshTasks, yahpoTasks } from "../quality/yahpo/task.ts";
import { fidelitySuite } from "./suites.ts";

const installed = existsSync(new URL("../quality/node_modules/onnxruntime-node", import.meta.url));

it("knows each scenario's fidelity from the least to the full run", () => {
  const ranges = SCENARIOS.map((scenario) => [scenario.name, scenarioFidelity(scenario)] as const);
  expect(ranges.map(([name, { name: fidelity, type, low, high }]) => [name, fidelity, type, low, high])).toEqual([
    ["lcbench", "epoch", "int", 1, 52],
    ["rbv2_rpart", "trainsize", "float", 0.03, 1],
    ["rbv2_xgboost", "trainsize", "float", 0.03, 1],
    ["iaml_glmnet", "trainsize", "float", 0.03, 1],
    ["iaml_super_2021", "trainsize", "float", 0.05, 1],
  ]);
});

it("has as many tasks as there are", () => {
  const count = (name: string) => fidelitySuite(`yahpo-${name}`).tasks().length;
  expect(["dev", "official", "fresh"].map(count)).toEqual([19, 9, 12]);
});

// Where the package is not there the surrogates cannot be run.
describe.skipIf(!installed)("a YAHPO task", () => {
  it.each(["lcbench", "rbv2_rpart", "rbv2_xgboost", "iaml_super_2021"])(
    "of %s gives at full fidelity what it gives without, and something else below",
    async (scenario) => {
      const task = [...readFreshTasks(), ...yahpoTasks()].find((each) => each.scenario === scenario)!;
      const whole = await openTask(task);
      const suite = fidelitySuite(`yahpo-${task.suite}`).tasks();
      const open = await suite.find((each) => each.scenario === scenario && each.instance === task.instance)!.open();
      expect(open.resumes).toBe(scenario === "lcbench");
      const { low, high } = open.space.fidelity;
      expect(open.space.parameters).toEqual(whole.space.parameters);
      let others = 0;
      for (let k = 0; k < 5; k++) {
        const params = sampleUniform(open.space, keyedStreams(1, k));
        expect(params).toEqual(sampleUniform(whole.space, keyedStreams(1, k)));
        const full = await whole.objective(params);
        expect(await open.evaluate(params, high)).toBe(full);
        if ((await open.evaluate(params, low)) !== full) others += 1;
      }
      expect(others).toBeGreaterThan(3);
    },
  );
});

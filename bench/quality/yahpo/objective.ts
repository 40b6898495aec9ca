import { fileURLToPath } from "node:url";
import type { Params } from "../../../src/space/json.ts";
import { readData, type Scenario } from "./scenario.ts";

interface Session {
  readonly inputNames: readonly string[];
  readonly outputNames: readonly string[];
  run(feeds: object): Promise<Readonly<Record<string, { readonly data: Float32Array }>>>;
}

/** The little of onnxruntime-node that is used; the package is not among the product's dependencies. */
interface OnnxRuntime {
  readonly Tensor: new (type: string, data: Int32Array | Float32Array, dims: readonly number[]) => unknown;
  readonly InferenceSession: {
    create(path: string, options: object): Promise<Session>;
  };
}

const PACKAGE = "onnxruntime-node";

/**
 * The value (to maximise) of a configuration on one instance, at full fidelity or at the one given; evaluated one by one, which is what
 * the figures of others are from.
 */
export type Objective = (params: Params, fidelity?: number) => Promise<number>;

/** All that a network says of a configuration on one instance. */
export type Outputs = (params: Params, fidelity?: number) => Promise<Float32Array>;

/** Loads a scenario's network. */
export async function openObjective(scenario: Scenario, instance: string): Promise<Objective> {
  const outputs = await openOutputs(scenario, instance);
  return async (params, fidelity) => scenario.value(await outputs(params, fidelity));
}

/** Loads a scenario's network, for all that it says. */
export async function openOutputs(scenario: Scenario, instance: string): Promise<Outputs> {
  const onnx: OnnxRuntime = await import(PACKAGE);
  const codes = readData<Record<string, Record<string, number>>>(`yahpo/${scenario.name}/encoding.json`);
  const path = fileURLToPath(new URL(`../data/yahpo/${scenario.name}/model.onnx`, import.meta.url));
  const session = await onnx.InferenceSession.create(path, { intraOpNumThreads: 1, interOpNumThreads: 1 });
  return async (params, fidelity) => {
    const full: Params = { ...params, [scenario.instance]: instance, ...scenario.fixed };
    const config = fidelity === undefined ? full : { ...full, [scenario.fidelity]: fidelity };
    const nominal = scenario.nominal.map((name) => codes[name]![String(config[name] ?? "#na#")]!);
    const numeric = scenario.numeric.map((name) => Number(config[name] ?? 0));
    const outputs = await session.run({
      x_cat: new onnx.Tensor("int32", Int32Array.from(nominal), [1, nominal.length]),
      x_cont: new onnx.Tensor("float32", Float32Array.from(numeric), [1, numeric.length]),
    });
    return outputs[session.outputNames[0]!]!.data;
  };
}

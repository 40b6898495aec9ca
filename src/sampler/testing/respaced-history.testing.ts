import { keyedStreams } from "../../numeric/random/keyed-streams.ts";
import { choice, float, int, oneOf } from "../../space/builders.ts";
import { defineSpace } from "../../space/define-space.ts";
import type { Params } from "../../space/json.ts";
import { sampleUniform } from "../../space/sample-uniform.ts";
import type { Space } from "../../space/space.ts";
import { spaceToJson } from "../../space/space-json.ts";
import type { CarryOver } from "../../trial/carry-over.ts";
import { History } from "../../trial/history.ts";
import { Simulation } from "../../trial/simulate.testing.ts";
import type { Values } from "../../trial/trial.ts";

/** A study's space before and after a change, and what was said of the trials before it. */
export interface SpaceEdition {
  readonly before: Space;
  readonly after: Space;
  readonly carry: CarryOver;
}

const lr = (low: number, high: number) => float(low, high, { log: true });

/** Changes of all kinds: wider, narrower, more, less, other names, other scales, constraints. */
export const SPACE_EDITIONS: readonly SpaceEdition[] = [
  {
    before: defineSpace({ lr: lr(1e-5, 1e-1), layers: int(1, 6), act: choice(["relu", "tanh"]) }),
    after: defineSpace({ lr: lr(1e-7, 10), layers: int(1, 12), act: choice(["gelu", "tanh", "relu"]) }),
    carry: { was: {}, renamed: {} },
  },
  {
    before: defineSpace({ lr: lr(1e-5, 1e-1), layers: int(1, 6), act: choice(["relu", "tanh", "gelu"]) }),
    after: defineSpace({ lr: lr(1e-3, 1e-1), layers: int(1, 5, { step: 2 }), act: choice(["relu", "gelu"]) }),
    carry: { was: {}, renamed: {} },
  },
  {
    before: defineSpace({ rate: lr(1e-5, 1e-1), momentum: float(0, 1) }),
    after: defineSpace({
      lr: float(0, 0.2),
      dropout: float(0, 0.5),
      model: oneOf({ mlp: { units: int(8, 64) }, none: {} }),
    }),
    carry: { was: { dropout: 0, model: "mlp", units: 16 }, renamed: { rate: "lr" } },
  },
  {
    before: defineSpace({ model: oneOf({ mlp: { units: int(8, 64) }, tree: { depth: int(1, 9) } }), x: float(0, 1) }),
    after: defineSpace({ model: oneOf({ mlp: { units: int(8, 32) }, svm: { c: float(0, 1) } }), x: float(0, 1) }),
    carry: { was: {}, renamed: {} },
  },
  {
    before: defineSpace({ a: float(0, 1), b: float(0, 1), n: int(1, 4) }),
    after: defineSpace({ a: float(0, 1), b: float(0, 2), n: int(1, 4) }, { where: ["a + b <= 1", "n * a < 2"] }),
    carry: { was: {}, renamed: {} },
  },
];

/** The history of a study that ran `old` trials, two of them still under way, changed its space, and ran `young` more. */
export function respacedHistory(
  { before, after, carry }: SpaceEdition,
  old: number,
  young: number,
  metrics: readonly string[] = ["loss"],
): History {
  const simulation = new Simulation({ spaces: [spaceToJson(before)], limit: null });
  const end = (space: Space, state: "complete" | "waiting"): void => {
    const trial = simulation.state.nextNumber;
    const params: Params = sampleUniform(space, keyedStreams(3, trial));
    const told = metrics.map((name) => [name, keyedStreams(4, trial).stream(name).normal()]);
    const values: Values = state === "complete" ? Object.fromEntries(told) : {};
    const rest = { reports: [], startedAt: null, finishedAt: null, attributes: {} };
    simulation.append({ type: "imported", trial, params, state, values, ...rest });
  };
  for (let k = 0; k < old; k++) end(before, "complete");
  for (let k = 0; k < 2; k++) end(before, "waiting");
  simulation.append({ type: "space-changed", space: spaceToJson(after), note: null, carry });
  for (let k = 0; k < young; k++) end(after, "complete");
  return new History(metrics, simulation.state);
}

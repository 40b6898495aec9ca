import { choice, float, int, oneOf } from "../../space/builders.ts";
import { defineSpace } from "../../space/define-space.ts";
import type { Space } from "../../space/space.ts";

/** Spaces with forbidden combinations, inequalities, equations and narrow feasible shares. */
export function constrainedSpaces(): readonly Space[] {
  const model = oneOf({ mlp: { layers: int(1, 6) }, forest: { trees: int(10, 500), depth: int(2, 30) } });
  return [
    defineSpace(
      { lr: float(1e-5, 1e-1, { log: true }), batch: choice([16, 32, 64, 128]), model },
      { where: ["batch * 2 <= 128", "not (model == 'mlp' and lr > 0.001)"] },
    ),
    defineSpace(
      { a: float(0, 1), b: float(0, 1), low: int(1, 9), high: int(1, 9) },
      { where: ["a + b <= 0.5", "low < high"] },
    ),
    defineSpace({ a: float(0, 1), b: float(0, 1), c: float(0, 1), free: int(1, 5) }, { where: ["a + b + c == 1"] }),
    defineSpace({ a: int(1, 64), b: int(1, 64), c: int(1, 20) }, { where: ["a * b == 512"] }),
  ];
}

import { exp } from "../../numeric/special/exp.ts";
import { ln } from "../../numeric/special/ln.ts";

/**
 * How a learning curve's distance from where it is heading may shrink: a value for `u`, the share of the way to the end (0 to 1), and `step`,
 * the number of the step (1 for the first). The curve is a line in it.
 */
export interface CurveShape {
  readonly name: string;
  at(u: number, step: number): number;
}

const power = (c: number): CurveShape => ({ name: `pow3 ${c}`, at: (u) => exp(-c * ln(u)) });
const shifted = (c: number, by: number): CurveShape => ({ name: `pow4 ${c} ${by}`, at: (u) => exp(-c * ln(u + by)) });
const exponential = (k: number): CurveShape => ({ name: `exp3 ${k}`, at: (u) => exp(-k * u) });
const janoschek = (k: number, d: number): CurveShape => ({
  name: `janoschek ${k} ${d}`,
  at: (u) => exp(-k * exp(d * ln(u))),
});
const mmf = (half: number, d: number): CurveShape => ({
  name: `mmf ${half} ${d}`,
  at: (u) => 1 / (1 + exp(d * ln(u / half))),
});

/**
 * The parametric families of Domhan, Springenberg and Hutter, "Speeding up Automatic Hyperparameter Optimization of Deep Neural Networks by
 * Extrapolation of Learning Curves" (IJCAI 2015), table 1, each at a few values of its parameters that are not linear.
 */
export const CURVE_SHAPES: readonly CurveShape[] = [
  { name: "log", at: (u) => -ln(u) },
  ...[0.25, 0.5, 1, 2].map(power),
  shifted(0.5, 0.1),
  shifted(1, 0.1),
  shifted(2, 0.3),
  ...[2, 4, 8, 16, 32].map(exponential),
  { name: "ilog2", at: (_u, step) => 1 / ln(step + 1) },
  janoschek(3, 0.5),
  janoschek(8, 0.5),
  janoschek(3, 2),
  mmf(0.1, 1),
  mmf(0.3, 2),
  mmf(0.05, 2),
  { name: "linear", at: (u) => -u },
];

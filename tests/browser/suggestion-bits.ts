import { boolean, choice, createStudy, float, int, type JsonValue, oneOf, ordinal } from "../../src/index.ts";

/** Every scale, conditions, constraints, a derived-looking power: what suggestions can depend on. */
const SPACE = {
  lr: float(1e-5, 1e-1, { log: true, default: 1e-3 }),
  l2: float(1e-6, 1e-1, { log: true, orZero: true }),
  momentum: float(0.5, 0.999, { scale: "reverse-log" }),
  dropout: float(0.01, 0.9, { scale: "logit" }),
  batch: choice([16, 32, 64, 128]),
  size: ordinal(["small", "medium", "large"]),
  warm: boolean(),
  model: oneOf({
    mlp: { layers: int(1, 6), units: int(16, 512, { log: true }) },
    forest: { trees: int(10, 500), share: float(0, 1, { step: 0.05 }) },
  }),
};
const WHERE = ["batch * layers <= 512", "log10(lr) + dropout ** 1.5 < 0.5"];
const GRID = { a: int(1, 7), b: float(1e-4, 1, { log: true }) };

const STUDIES = [
  { sampler: "random", trials: 40, space: SPACE, where: WHERE },
  { sampler: "qmc", trials: 40, space: SPACE, where: WHERE },
  { sampler: "tpe", trials: 60, space: SPACE, where: WHERE },
  { sampler: "gp", trials: 24, space: SPACE, where: WHERE },
  { sampler: { name: "grid", points: { b: 5 } }, trials: 25, space: GRID, where: [] },
];

/** A loss from exact arithmetic alone. */
function loss(params: Readonly<Record<string, unknown>>): number {
  let sum = 0;
  for (const value of Object.values(params)) {
    const x = typeof value === "number" ? value : value === true ? 1 : String(value).length / 8;
    sum += x > 1 ? 1 / x : (x - 0.3) * (x - 0.3);
  }
  return sum;
}

function* numbersOf(value: JsonValue): Iterable<number> {
  if (typeof value === "number") yield value;
  else for (const char of JSON.stringify(value)) yield char.codePointAt(0)!;
}

/** The configurations that each sampler suggests in a study of its own, as numbers. */
export async function suggestionBits(): Promise<Readonly<Record<string, readonly number[]>>> {
  const made: Record<string, readonly number[]> = {};
  for (const { sampler, trials, space, where } of STUDIES) {
    const study = await createStudy({ name: "bits", minimize: "loss", seed: 3, sampler, space, where });
    await study.optimize(({ params }) => loss(params), { trials });
    const entries = study.trials().flatMap(({ params }) => Object.entries(params));
    made[`suggestions of ${typeof sampler === "string" ? sampler : sampler.name}`] = entries.flatMap(
      ([name, value]) => [...numbersOf(name), ...numbersOf(value)],
    );
    await study.close();
  }
  return made;
}

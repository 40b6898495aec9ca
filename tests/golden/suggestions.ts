import { createHash } from "node:crypto";
import { boolean, choice, createStudy, float, int, type JsonValue, oneOf, ordinal, type Study } from "../../src/index.ts";
import { MIXED_WHERE, mixedSpace } from "./mixed-space.ts";

const SPACE = mixedSpace({ boolean, choice, float, int, oneOf, ordinal });
const FLAT = {
  x: float(-3, 3, { default: 1 }),
  y: float(0, 1, { default: 0.5 }),
  n: int(1, 40, { default: 10 }),
  kind: choice(["a", "b", "c"], { default: "b" }),
};
const GRID = { a: int(1, 7), b: float(1e-4, 1, { log: true }) };

const CASES = [
  { sampler: "random", trials: 40, space: SPACE, where: MIXED_WHERE },
  { sampler: "qmc", trials: 40, space: SPACE, where: MIXED_WHERE },
  { sampler: { name: "grid", points: { b: 5 } }, trials: 35, space: GRID, where: [] },
  { sampler: "tpe", trials: 60, space: SPACE, where: MIXED_WHERE },
  { sampler: "tpe", trials: 60, space: FLAT, where: [] },
  { sampler: "gp", trials: 36, space: SPACE, where: MIXED_WHERE },
  { sampler: "gp", trials: 36, space: FLAT, where: [] },
  { sampler: "auto", trials: 30, space: FLAT, where: [] },
] as const;

/** SHA-256 of the parameters that each sampler suggests in a study with pending, failed and worthless trials, by case. */
export async function suggestionDigests(): Promise<Readonly<Record<string, string>>> {
  const digests: Record<string, string> = {};
  for (const { sampler, trials, space, where } of CASES) {
    const study = await createStudy({ name: "golden", minimize: "loss", seed: 11, sampler, space, where });
    await askAndTell(study, trials);
    const kind = space === SPACE ? "conditions and constraints" : "flat";
    const name = typeof sampler === "string" ? sampler : sampler.name;
    const params = study.trials().map((trial) => trial.params);
    digests[`${name}, ${kind}`] = createHash("sha256").update(JSON.stringify(params)).digest("hex");
    await study.close();
  }
  return digests;
}

/** Three trials are always pending, every seventh fails and every eleventh has no number, so that models see all of it. */
async function askAndTell(study: Study, trials: number): Promise<void> {
  const pending = [];
  for (let n = 0; n < trials; n++) {
    const trial = await study.ask();
    pending.push(trial);
    if (pending.length < 3) continue;
    const oldest = pending.shift()!;
    const fails = oldest.number % 7 === 5;
    await study.tell(oldest, fails ? { failed: true } : oldest.number % 11 === 9 ? Number.NaN : lossOf(oldest.params));
  }
}

/** From exact arithmetic alone. */
function lossOf(params: Readonly<Record<string, JsonValue>>): number {
  let sum = 0;
  for (const value of Object.values(params)) {
    const x = typeof value === "number" ? value : value === true ? 1 : String(value).length / 8;
    sum += x > 1 ? 1 / x : (x - 0.3) * (x - 0.3);
  }
  return sum;
}

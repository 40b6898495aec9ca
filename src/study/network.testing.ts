import type { DefineByRun } from "../space/index.ts";

/** A space with a loop and a branch; better with few units and a rate near 0.01. */
export function network(trial: DefineByRun): number {
  const rate = trial.float("rate", 1e-4, 1, { log: true });
  const off = Math.abs(Math.log10(rate) + 2);
  if (trial.choice("model", ["mlp", "forest"]) === "forest") return off + trial.int("trees", 1, 50) / 50;
  const layers = trial.int("layers", 1, 3);
  let units = 0;
  for (let i = 0; i < layers; i++) units += trial.int(`units${i}`, 4, 64, { log: true });
  return off + units / 100;
}

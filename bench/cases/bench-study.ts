import { choice, createStudy, float, int } from "../../src/index.ts";

/** A study of five parameters with the random sampler, the same in every benchmark and in the Python peers. */
export async function benchStudy(storage: string, name = "bench") {
  return await createStudy({
    name,
    minimize: "loss",
    storage,
    sampler: "random",
    seed: 1,
    space: {
      lr: float(1e-5, 1e-1, { log: true }),
      momentum: float(0, 1),
      layers: int(1, 6),
      units: int(16, 512, { log: true }),
      optimizer: choice(["adam", "sgd", "rmsprop"]),
    },
  });
}

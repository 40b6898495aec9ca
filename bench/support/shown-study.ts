import { createStudy, float } from "../../src/index.ts";
import { fillInBulk } from "./fill-in-bulk.ts";

const SPACE = { a: float(0, 1), b: float(0, 1), c: float(1e-5, 1, { log: true }), d: float(-1, 1), e: float(0, 10) };

/** Makes a study of five floats with so many complete trials, for pages to show. */
export async function makeShownStudy(file: string, name: string, trials: number): Promise<void> {
  const study = await createStudy({ name, storage: file, minimize: "loss", sampler: "random", seed: 1, space: SPACE });
  await study.close();
  await fillInBulk(
    file,
    name,
    trials,
    (params) => Math.abs(Number(params.a) - 0.3) + Number(params.b) / 10 + Number(params.e) / 100,
  );
}

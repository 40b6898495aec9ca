import { readFileSync } from "node:fs";
import { join } from "node:path";
import { brotliDecompressSync } from "node:zlib";

/** Where the table lies. */
export const TABLE = join(import.meta.dirname, "curves.json.br");

/** A task of the table: what `train.py` calls it, which of its metrics it has, and whether the scheduler was tuned on it. */
interface CurveTask {
  readonly file: string;
  readonly column: number;
  readonly says: string;
}

/** All are minimised; the last value of a curve is the trial's. */
export const CURVE_TASKS = {
  wine: { file: "wine", column: 0, says: "log loss, linear models and networks of scikit-learn by partial_fit" },
  cancer: { file: "cancer", column: 0, says: "log loss, networks of PyTorch" },
  diabetes: { file: "diabetes", column: 0, says: "root mean square error, networks of scikit-learn by partial_fit" },
  digits: { file: "digits", column: 1, says: "share of errors, small convolutions of PyTorch" },
  patches: {
    file: "patches",
    column: 0,
    says: "log loss, small convolutions of PyTorch on patches of two photographs",
  },
} as const satisfies Readonly<Record<string, CurveTask>>;

/** By task the curves of its configurations, a value an epoch, NaN where there is none. */
export function readCurves(): ReadonlyMap<string, readonly (readonly number[])[]> {
  const packed = JSON.parse(brotliDecompressSync(readFileSync(TABLE)).toString()) as Record<
    string,
    (number | null)[][]
  >;
  return new Map(
    Object.entries(packed).map(([name, curves]) => [
      name,
      curves.map((curve) => curve.map((value) => value ?? Number.NaN)),
    ]),
  );
}

import { plainText } from "../../protocol/read-metric-line.ts";
import { readNumber } from "../../protocol/read-number.ts";
import type { CameMetric } from "./came-metric.ts";
import type { TriedProgram } from "./try-program.ts";

/** Kept beside no metric at all, this name gets the last number of standard output, and nothing else does. */
export const LAST_NUMBER_PROBE = "attune-last-number";
/** What such a number is called until the user says better. */
const NAME = "result";

/**
 * The number that a program prints alone on its last line, when that is what `--metric-from last-number` would take; else null.
 * The program was tried with {@link LAST_NUMBER_PROBE}.
 */
export function lastNumberMetric({ metrics, output }: TriedProgram): CameMetric | null {
  const probe = metrics.find(({ name }) => name === LAST_NUMBER_PROBE);
  if (probe === undefined) return null;
  const number = numberOnLastLine(output);
  return number !== null && Object.is(number, probe.value)
    ? { name: NAME, value: number, times: 0, way: "last-number" }
    : null;
}

/** The number that stands alone on the last line that holds anything, or null. */
export function numberOnLastLine(output: Buffer): number | null {
  const text = plainText(output.subarray(-4_096).toString("utf8")).trimEnd();
  const line = (/[^\r\n]*$/.exec(text)?.[0] ?? "").trim();
  const read = readNumber(line, 0);
  return read !== null && /^\s*%?$/.test(line.slice(read.end)) ? read.value : null;
}

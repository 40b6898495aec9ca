import { AttuneError } from "../errors.ts";
import type { MetricSettings } from "./metric-settings.ts";

/** The version of the rules by which output and results files are read that new studies get. */
export const NEWEST_READER = 2;

/**
 * The version that a study's values are read by: 1 for a study made before versions were kept.
 *
 * @throws AttuneError `invalid-argument` for one that a later Attune made.
 */
export function readerVersionOf({ reader = 1 }: MetricSettings): number {
  if (Number.isInteger(reader) && reader >= 1 && reader <= NEWEST_READER) return reader;
  const message =
    `The study's metrics are read by version ${reader} of the rules, and this Attune knows versions 1 to ${NEWEST_READER}. ` +
    "Go on with the Attune that made the study, or a newer one.";
  throw new AttuneError("invalid-argument", message);
}

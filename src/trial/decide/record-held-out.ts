import type { Decider } from "./decision.ts";
import { checkParams, encodeValues, findTrial } from "./guards.ts";

/** Writes down a run on held-out data; nothing else of the study changes. */
export const decideRecordHeldOut: Decider<"record-held-out"> = (tables, { run }) => {
  if (run.trial !== null) findTrial(tables, run.trial);
  const recorded = { ...run, params: checkParams(run.params), values: encodeValues(run.values) };
  return { events: [{ type: "held-out", run: recorded }], result: {} };
};

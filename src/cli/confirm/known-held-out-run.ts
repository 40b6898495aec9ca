import { jsonEqual } from "../../space/json-equal.ts";
import type { HeldOutRun } from "../../trial/held-out-run.ts";
import type { SeededCandidate } from "./held-out-candidates.ts";
import type { HeldOutQuestion } from "./held-out-question.ts";
import { plainJson } from "./plain-json.ts";

/** The newest run that ended well and asked the same of the same configuration, or null. */
export function knownHeldOutRun(
  runs: readonly HeldOutRun[],
  { command, metric, reading }: HeldOutQuestion,
  { trial, params, seed }: SeededCandidate,
): HeldOutRun | null {
  const asked = plainJson({ command, metric: metric.name, reading, trial, params, seed });
  return runs.findLast((run) => run.end.outcome === "ok" && jsonEqual(asked, questionOf(run))) ?? null;
}

function questionOf({ command, metric, reading, trial, params, seed }: HeldOutRun) {
  return plainJson({ command, metric, reading, trial, params, seed });
}

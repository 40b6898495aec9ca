import { meanInterval } from "../../analysis/index.ts";
import type { Winner } from "../../analysis/winner.ts";
import { failureCause } from "../../record/failure-cause.ts";
import type { StudyReader } from "../../study/study-reader.ts";
import { decodeNumber } from "../../trial/encoded-number.ts";
import type { OperationOutput } from "../operations/index.ts";

const known = new WeakMap<StudyReader, OperationOutput<"summary">>();

/** What a study has found so far; computed once a revision. */
export function summaryAnswer(study: StudyReader): OperationOutput<"summary"> {
  const { revision } = study;
  const before = known.get(study);
  if (before?.revision === revision) return before;
  const { winner, front, nearest, counts, invalid, worthless, failures, time, costs } = study.summary();
  const { runnerUp = null, default: defaults = null, ...best } = winner ?? {};
  const summary = {
    ...{ revision, counts, invalid, worthless },
    best: winner === null ? null : { ...best, interval: intervalOf(winner, study) },
    ...{ front, nearest, runnerUp, default: defaults, time, costs },
    failures: failures.map((group) => ({
      ...group,
      cause: group.message === null ? null : failureCause(group.message),
    })),
  } as unknown as OperationOutput<"summary">;
  known.set(study, summary);
  return summary;
}

function intervalOf(
  { values, uncertainty, replicates }: Winner,
  { metrics }: StudyReader,
): ReturnType<typeof meanInterval> {
  const value = values[metrics[0]?.name ?? ""];
  return value === undefined ? null : meanInterval(decodeNumber(value), uncertainty, replicates);
}

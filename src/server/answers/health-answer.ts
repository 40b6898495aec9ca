import { healthRecord } from "../../record/health-record.ts";
import type { StudyReader } from "../../study/study-reader.ts";
import type { OperationOutput } from "../operations/index.ts";

const known = new WeakMap<StudyReader, OperationOutput<"health">>();

/** What is odd about a study; computed once a revision. */
export function healthAnswer(study: StudyReader): OperationOutput<"health"> {
  const { revision } = study;
  const before = known.get(study);
  if (before?.revision === revision) return before;
  const findings = study.health().map(healthRecord);
  const answer = { revision, findings } as unknown as OperationOutput<"health">;
  known.set(study, answer);
  return answer;
}

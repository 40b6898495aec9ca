import type { HeldOutStanding, StudyJudgements } from "../analysis/index.ts";
import { edgeLines } from "./render/edge-lines.ts";
import { heldOutStandingLines } from "./render/held-out-standing-lines.ts";
import { judgementSentences } from "./render/judgement-sentences.ts";
import { widerSpaceCommand } from "./wider-space-command.ts";

/** Lines about a study for its report: what is odd about it, and where its winner lies at an end of a range. */
export function reportNotes(
  study: { readonly name: string; readonly location: string },
  judgements: StudyJudgements,
  standing: HeldOutStanding | null,
): readonly string[] {
  const { edges } = judgements;
  return [
    ...heldOutStandingLines(standing),
    ...judgementSentences(judgements).map((sentence) => `note     ${sentence}`),
    ...edgeLines(edges, widerSpaceCommand(study, edges)),
  ];
}

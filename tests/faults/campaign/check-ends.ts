import { type Problem, problem } from "./problem.ts";
import type { Tuner } from "./tuner.ts";

/** How tuners ended: as they should, or as what was done to them allows; and nothing that looks like a fault of theirs was printed. */
export function* endProblems(tuners: readonly Tuner[]): Iterable<Problem> {
  for (const tuner of tuners) {
    const tail = tuner.output.trimEnd().split("\n").slice(-4).join(" / ");
    if (tuner.ended === null) yield problem("standstill", `tuner ${tuner.place} never ended: ${tail}`);
    else if (!mayEndSo(tuner))
      yield problem("code", `tuner ${tuner.place} ended with ${tuner.ended.code ?? tuner.ended.signal}: ${tail}`);
    if (/internal error|\n {4}at /.test(tuner.output))
      yield problem("code", `tuner ${tuner.place} printed a fault of its own: ${tail}`);
  }
}

function mayEndSo({ ended, killedAt, sent, mayEndWith, output, unread }: Tuner): boolean {
  if (ended === null || ended.code === 0) return true;
  if (ended.signal !== null) return sent.has(ended.signal) || (ended.signal === "SIGKILL" && killedAt.length > 0);
  const words = mayEndWith.get(ended.code!);
  return words !== undefined && (unread || words.test(output));
}

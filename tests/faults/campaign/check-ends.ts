import { type Problem, problem } from "./problem.ts";
import type { Tuner } from "./tuner.ts";

/** How tuners ended: as they should, or as what was done to them allows; and nothing that looks like a fault of theirs was printed. */
export function* endProblems(tuners: readonly Tuner[]): Iterable<Problem> {
  for (const { place, ended, output, killedAt, mayEndWith } of tuners) {
    const tail = output.trimEnd().split("\n").slice(-4).join(" / ");
    if (ended === null) yield problem("standstill", `tuner ${place} never ended: ${tail}`);
    else if (ended.signal !== null ? killedAt.length === 0 : ended.code !== 0 && !mayEndWith.has(ended.code!))
      yield problem("code", `tuner ${place} ended with ${ended.code ?? ended.signal}: ${tail}`);
    if (/internal error|\n {4}at /.test(output))
      yield problem("code", `tuner ${place} printed a fault of its own: ${tail}`);
  }
}

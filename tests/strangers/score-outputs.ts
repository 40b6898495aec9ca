import { type Judged, judgeOutput } from "./judge-output.ts";
import type { OutputCase } from "./output-cases.ts";

/** Judges all cases, two at a time; the answers come in the cases' order. */
export async function scoreOutputs(cases: readonly OutputCase[]): Promise<readonly Judged[]> {
  const judged: Judged[] = [];
  for (let at = 0; at < cases.length; at += 2)
    judged.push(...(await Promise.all(cases.slice(at, at + 2).map(judgeOutput))));
  return judged;
}

/** One line of totals, then one for each case that is not right. */
export function scoreLines(judged: readonly Judged[]): readonly string[] {
  const count = (verdict: Judged["verdict"]): number => judged.filter((one) => one.verdict === verdict).length;
  const rest = judged.filter(({ verdict }) => verdict !== "right");
  return [
    `outputs: ${count("right")} of ${judged.length} right, ${count("refused")} refused without need or help, ${count("wrong")} wrong`,
    ...rest.map(({ name, verdict, answer }) => `  ${verdict.padEnd(8)} ${name}: ${answer}`),
  ];
}

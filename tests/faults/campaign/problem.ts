/** What a check can find: a result that is gone, a trial or attempt that ran or counted twice, processes or files that stay, and so on. */
export type ProblemKind = "lost" | "doubled" | "left" | "standstill" | "code" | "wrong" | "budget" | "replay";

export interface Problem {
  readonly kind: ProblemKind;
  readonly text: string;
}

export function problem(kind: ProblemKind, text: string): Problem {
  return { kind, text };
}

/** One run in the format that `data/score.mjs` reads, and what else is known of it. */
export interface RunRecord {
  readonly method: string;
  readonly scenario: string;
  readonly instance: string;
  readonly seed: number;
  /** Evaluations in all. */
  readonly budget: number;
  /** Spent on suggestions, in all. */
  readonly seconds: number;
  /** [evaluations, score of the configuration that then had the highest value]; a line for every change. */
  readonly incumbent: readonly (readonly [number, number])[];
  /** Trials under way at once; absent for one. */
  readonly pending?: number;
  /** Configurations that had been proposed before, if any. */
  readonly duplicates?: number;
}

/** What makes a run one of a kind in a file. */
export function runKey(run: Pick<RunRecord, "method" | "scenario" | "instance" | "seed">): string {
  return `${run.method}|${run.scenario}/${run.instance}|${run.seed}`;
}

/** The score after so many evaluations; the first one's before it, NaN where none succeeded. */
export function scoreAfter({ incumbent }: Pick<RunRecord, "incumbent">, evaluations: number): number {
  return (incumbent.findLast(([count]) => count <= evaluations) ?? incumbent[0])?.[1] ?? Number.NaN;
}

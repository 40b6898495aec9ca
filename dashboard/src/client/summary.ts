import type { FailureGroup, StudyReport, Winner } from "../../../src/analysis/index.ts";
import type { OperationOutput } from "../../../src/server/operations/index.ts";

/** What a study has found, with the parts that the operation leaves open as they are on the server. */
export interface Summary
  extends Omit<
      OperationOutput<"summary">,
      "best" | "front" | "nearest" | "runnerUp" | "default" | "failures" | "time" | "costs" | "counts"
    >,
    Pick<StudyReport, "front" | "nearest" | "time" | "costs" | "counts"> {
  readonly best: Omit<Winner, "runnerUp" | "default"> | null;
  /** Each with its cause on one line. */
  readonly failures: readonly (FailureGroup & { readonly cause: string | null })[];
  readonly runnerUp: Winner["runnerUp"];
  readonly default: Winner["default"];
}

/** The answer of `summary` as that. */
export function asSummary(told: OperationOutput<"summary">): Summary {
  return told as unknown as Summary;
}

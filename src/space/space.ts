import type { Parameter } from "./parameter.ts";

/** A checked search space: parents stand before children, conditions hold no cycle, names are unique. */
export interface Space {
  readonly parameters: readonly Parameter[];
  /** Expressions that every configuration must make true (text of the expression grammar). */
  readonly where: readonly string[];
}

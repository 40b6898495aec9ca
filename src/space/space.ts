import type { FidelityParameter, Parameter } from "./parameter.ts";

/** A value given to the program that follows from the parameters and is not searched. */
export interface DerivedValue {
  readonly name: string;
  /** Text of the expression grammar over the parameters and the derived values before it. */
  readonly expression: string;
  readonly unit?: string;
  readonly description?: string;
}

/** A checked search space: parents stand before children, conditions hold no cycle, names are unique. */
export interface Space {
  readonly parameters: readonly Parameter[];
  /** Expressions that every configuration must make true (text of the expression grammar). */
  readonly where: readonly string[];
  /** Left out when there are none. */
  readonly derived?: readonly DerivedValue[];
  /** The value that says how far a trial is run: given to the program, no part of a configuration. Left out when there is none. */
  readonly fidelity?: FidelityParameter;
}

import type { Params } from "../../src/space/json.ts";
import type { FidelityParameter } from "../../src/space/parameter.ts";
import type { Space } from "../../src/space/space.ts";

/** A space that declares a fidelity. */
export type FidelitySpace = Space & { readonly fidelity: FidelityParameter };

/** A task made ready. */
export interface OpenFidelityTask {
  readonly space: FidelitySpace;
  /** Whether a run goes on where the configuration's last one ended and pays the difference; else it begins anew and pays in full. */
  readonly resumes: boolean;
  /** The value, better when larger. */
  evaluate(params: Params, fidelity: number): number | Promise<number>;
}

/** One task of a suite in which a configuration can be run in part. */
export interface FidelityTask {
  readonly scenario: string;
  readonly instance: string;
  /** Value of regret 0, at full fidelity. */
  readonly best: number;
  /** Value of regret 1: what a random configuration reaches in the median, at full fidelity. */
  readonly median: number;
  open(): Promise<OpenFidelityTask>;
}

/** A named list of tasks. */
export interface FidelitySuite {
  readonly name: string;
  /** One sentence for the report. */
  readonly description: string;
  tasks(): readonly FidelityTask[];
}

/** @throws Error for a space that declares none. */
export function requireFidelity(space: Space): FidelitySpace {
  const { fidelity } = space;
  if (fidelity === undefined) throw new Error("the space declares no fidelity");
  return { ...space, fidelity };
}

import type { Params } from "../space/json.ts";
import type { Owner } from "./owner.ts";
import type { Definition, Report, TrialState, Values } from "./trial.ts";

/** A trial that was made elsewhere, with all that is known of it. */
export interface ImportedTrial {
  /** Values of parameters that the study's space declares. */
  readonly params: Params;
  /**
   * Parameters with the domains they were chosen from, whether or not the space declares the name or contains the value; their values
   * join `params`.
   */
  readonly definitions?: readonly Definition[];
  readonly state: TrialState;
  readonly values: Values;
  readonly reports: readonly Report[];
  readonly startedAt: number | null;
  readonly finishedAt: number | null;
  /** Opaque JSON text by key. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly systemAttributes?: Readonly<Record<string, string>>;
  /** Whose tool runs it, of kind `foreign`; only for a running trial, which nobody but such a tool then changes. */
  readonly owner?: Owner;
}

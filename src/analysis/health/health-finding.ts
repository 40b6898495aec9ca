import type { SpaceParts } from "../../space/edit-space.ts";
import type { Duplicates } from "./duplicates.ts";
import type { FailurePattern } from "./failure-pattern.ts";
import type { IdleWorkers } from "./idle-workers.ts";
import type { LoudNoise } from "./loud-noise.ts";
import type { Plateau } from "./plateau.ts";
import type { SameValue } from "./same-value.ts";
import type { SilentScheduler } from "./silent-scheduler.ts";
import type { EdgeFinding } from "./space-edges.ts";

/**
 * How much it matters. *problem*: the results likely mean nothing; *warning*: trials are wasted, or better ones lie elsewhere; *hint*:
 * good to know.
 */
export type HealthSeverity = "problem" | "warning" | "hint";

/** A change of the space, as `study.editSpace` takes it. */
export interface HealthEdit {
  readonly set?: SpaceParts;
  readonly where?: readonly string[];
}

/** What can be done about a finding; `says` tells it in a few words. */
export type HealthRemedy = { readonly says: string } & (
  | { readonly does: "edit-space"; readonly edit: HealthEdit }
  /** Runs the winner and its rivals again, so often in all. */
  | { readonly does: "confirm"; readonly replicates: number }
  /** Looks at what a trial printed. */
  | { readonly does: "look-at-log"; readonly trial: number }
  | { readonly does: "change-scheduler"; readonly scheduler: string }
  | { readonly does: "change-workers"; readonly workers: number }
);

interface Finding<Kind extends string, Data> {
  readonly kind: Kind;
  readonly severity: HealthSeverity;
  /** Without a full stop, so that more may follow. */
  readonly sentence: string;
  /** What it was found by. */
  readonly data: Data;
  readonly remedy: HealthRemedy | null;
}

/** Something about a study that its user should look at. */
export type HealthFinding =
  | Finding<"same-value", SameValue>
  | Finding<"silent-scheduler", SilentScheduler>
  | Finding<"failures", FailurePattern>
  | Finding<"noise", LoudNoise>
  | Finding<"idle-workers", IdleWorkers>
  | Finding<"edge", EdgeFinding>
  | Finding<"duplicates", Duplicates>
  | Finding<"plateau", Plateau>;

export type HealthKind = HealthFinding["kind"];

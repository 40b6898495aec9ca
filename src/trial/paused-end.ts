import type { EncodedNumber } from "./encoded-number.ts";
import type { Values } from "./trial.ts";

/** How far a paused trial came, and the newest values it told on the way. */
export interface PausedEnd {
  readonly trial: number;
  /** Fidelity or step; null where nobody said. */
  readonly step: EncodedNumber | null;
  readonly values: Values;
}

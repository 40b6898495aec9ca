import type { Leg } from "../leg.ts";

/** A kind of fault. */
export interface Fault {
  readonly kind: string;
  /** Why it cannot be had on this machine, or null. */
  readonly lacks?: (leg: Leg) => string | null;
  /** Lets it come over the tuners of a leg, and takes away what would stay; answers false when there was nothing to hit. */
  readonly inject: (leg: Leg) => Promise<boolean>;
}

import type { Asker } from "../trial/owner.ts";

/** A page does not know its user. */
export function currentAsker(): Asker | null {
  return null;
}

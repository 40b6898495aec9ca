import type { Owner } from "../trial/owner.ts";
import type { StudyState } from "../trial/study-state.ts";

/** How long a lease lasts that was never renewed, in ms. */
export const FIRST_LEASE = 60_000;

/** The last renewal of a token's lease, both in ms since 1970 by the storage's clock. */
export interface Lease {
  readonly renewed: number;
  readonly expires: number;
}

/**
 * Whether a token's lease has run out. A leased owner's first lease runs from the moment it took hold, and so does that of a detached one
 * that was asked for with an end; other detached and foreign owners have one only if it was renewed; a token that holds nothing and was never renewed counts as run out.
 */
export function leaseExpired(state: StudyState, token: string, lease: Lease | null, now: number): boolean {
  const holding = state.holding(token);
  if (lease !== null && (holding === null || lease.renewed >= holding.since)) return lease.expires <= now;
  if (holding === null) return true;
  return holding.since + firstLease(holding.owner) <= now;
}

function firstLease(owner: Owner): number {
  if (owner.kind === "leased") return FIRST_LEASE;
  return (owner.kind === "detached" ? owner.lease : undefined) ?? Number.POSITIVE_INFINITY;
}

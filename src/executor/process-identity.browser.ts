import type { ProcessIdentity } from "../trial/owner.ts";
import type { ProcessState } from "./process-identity.ts";

/** A page is no process that another one could judge. */
export function currentProcess(): ProcessIdentity {
  return { boot: "", namespace: "", pid: 0, started: "" };
}

/** Always `elsewhere`: only leases tell. */
export function processState(_identity: ProcessIdentity): ProcessState {
  return "elsewhere";
}

/** Always false, for the same reason. */
export function standsStill(_identity: ProcessIdentity): boolean {
  return false;
}

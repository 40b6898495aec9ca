import type { ProcessIdentity } from "../trial/owner.ts";
import type { ProcessState } from "./process-identity.ts";

/** A page is no process that another one could judge. */
export function currentProcess(): ProcessIdentity {
  return { boot: "", namespace: "", pid: 0, started: "" };
}

/** The same of every other. */
export function processOf(_pid: number): ProcessIdentity {
  return currentProcess();
}

/** Always `elsewhere`: only leases tell. */
export function processState(_identity: ProcessIdentity): ProcessState {
  return "elsewhere";
}

/** Always false, for the same reason. */
export function standsStill(_identity: ProcessIdentity): boolean {
  return false;
}

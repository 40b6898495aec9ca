import { randomUUID } from "node:crypto";
import { currentProcess } from "../executor/process-identity.ts";
import type { Owner } from "../trial/owner.ts";

/** An owner that lives as long as this process. */
export function leasedOwner(worker: string): Owner {
  return { kind: "leased", token: randomUUID(), process: currentProcess(), worker };
}

/** An owner without expiry: whoever shows the token may tell. */
export function detachedOwner(): Owner {
  return { kind: "detached", token: randomUUID() };
}

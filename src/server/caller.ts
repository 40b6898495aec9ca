import type { Role } from "./operations/index.ts";

/** Who asks. */
export interface Caller {
  readonly role: Role;
  /** May say what is run: a study's program, a sampler that is one. */
  readonly commands: boolean;
  /** The process that started this one, on behalf of its own user: what it sets is as if it had set it on the storage itself. */
  readonly own: boolean;
}

/** The process at the other end of standard input. */
export const OWN_PROCESS: Caller = { role: "admin", commands: true, own: true };

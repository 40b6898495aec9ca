import { hostname, userInfo } from "node:os";
import type { Asker } from "../trial/owner.ts";
import { currentProcess } from "./process-identity.ts";

/** The user and the machine of this process; null where the system does not tell. */
export function currentAsker(): Asker | null {
  const user = userName();
  const host = hostname();
  if (user === "" || host === "") return null;
  return { user, host, machine: currentProcess().boot.split(":")[0] ?? "" };
}

/** In a container the user may have no name: the number then. */
function userName(): string {
  try {
    return userInfo().username;
  } catch (error) {
    if (!(error instanceof Error) || !("code" in error)) throw error;
    return process.getuid === undefined ? "" : `uid ${process.getuid()}`;
  }
}

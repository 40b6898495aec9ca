import { currentAsker } from "../executor/current-asker.ts";
import { currentProcess } from "../executor/process-identity.ts";
import type { Owner } from "../trial/owner.ts";

/** An owner that lives as long as this process. */
export function leasedOwner(worker: string): Owner {
  return { kind: "leased", token: newToken(), process: currentProcess(), worker };
}

/** An owner without expiry, or one of so many ms: whoever shows the token may tell, and who asked. */
export function detachedOwner(lease: number | null = null): Owner & { readonly kind: "detached" } {
  const asker = currentAsker();
  return { kind: "detached", token: newToken(), ...(asker !== null && { asker }), ...(lease !== null && { lease }) };
}

/** 128 random bits. Not `crypto.randomUUID`, which browsers lack on pages without TLS. */
function newToken(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

import { currentAsker } from "../executor/current-asker.ts";
import { currentProcess } from "../executor/process-identity.ts";
import type { Asker, Owner } from "../trial/owner.ts";

/** An owner that lives as long as this process. */
export function leasedOwner(worker: string): Owner {
  return { kind: "leased", token: newToken(), process: currentProcess(), worker };
}

/** An owner without expiry, or one of so many ms: whoever shows the token may tell, and who asked. */
export function detachedOwner(
  lease: number | null = null,
  asker: Asker | null = currentAsker(),
): Owner & { readonly kind: "detached" } {
  return { kind: "detached", token: newToken(), ...(asker !== null && { asker }), ...(lease !== null && { lease }) };
}

const TOKEN_BYTES = 16;
/** Random bytes drawn ahead, for each call of the generator costs as much as hundreds of them. */
const pool = new Uint8Array(64 * TOKEN_BYTES);
let used = pool.length;
const DIGITS = Array.from("0123456789abcdef", (digit) => digit.charCodeAt(0));
const digits = new Array<number>(2 * TOKEN_BYTES).fill(0);

/** 128 random bits. Not `crypto.randomUUID`, which browsers lack on pages without TLS. */
function newToken(): string {
  if (used === pool.length) {
    crypto.getRandomValues(pool);
    used = 0;
  }
  for (let at = 0; at < digits.length; used++) {
    const byte = pool[used]!;
    digits[at++] = DIGITS[byte >> 4]!;
    digits[at++] = DIGITS[byte & 15]!;
  }
  // At once: what is put together digit by digit is sixteen strings.
  return String.fromCharCode(...digits);
}

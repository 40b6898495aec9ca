import type { StudyLog } from "./study-log.ts";

const RENEW_MS = 15_000;
const LEASE_MS = 60_000;

/** Renews leases in the background, every 15 s for a minute, until the answer is called. */
export function keepLeases(
  log: StudyLog,
  tokens: () => readonly string[],
  onError: (error: unknown) => void,
  everyMs = RENEW_MS,
): () => void {
  const renewing = setInterval(() => {
    const held = tokens();
    if (held.length > 0) log.storage.renew(log.id, held, LEASE_MS).catch(onError);
  }, everyMs);
  return () => clearInterval(renewing);
}

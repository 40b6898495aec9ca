import { hash, randomBytes } from "node:crypto";

/** What the secrets of sessions begin with. */
export const SESSION_PREFIX = "attune-session-";

/** A word that nobody guesses: 256 random bits, with what it is for before them. */
export function newSecret(kind: "token" | "session" | "code"): string {
  return `attune-${kind}-${randomBytes(32).toString("base64url")}`;
}

/** What is kept of a word of 256 random bits: none can be made from it. */
export function hashOf(secret: string): string {
  return hash("sha256", secret, "base64url");
}

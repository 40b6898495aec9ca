import type { ConfirmedRole } from "../../analysis/index.ts";

/** A configuration's role within a sentence. */
export function roleWords(role: ConfirmedRole): string {
  return role === "default" ? "the defaults" : `the ${role}`;
}

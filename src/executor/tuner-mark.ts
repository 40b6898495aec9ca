import { createHash } from "node:crypto";
import type { ProcessIdentity } from "../trial/owner.ts";

/**
 * What every program of a tuner has in its environment, made from the tuner's identity alone: whoever knows from the log which process
 * owned an attempt finds what that process has left, and nothing of another's.
 */
export function tunerMark({ boot, namespace, pid, started }: ProcessIdentity): string {
  const identity = JSON.stringify([boot, namespace, pid, started]);
  return `attune-${createHash("sha256").update(identity).digest("hex").slice(0, 24)}`;
}

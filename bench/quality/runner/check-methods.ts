import { AttuneError } from "../../../src/errors.ts";
import type { RunRecord } from "./run-record.ts";

/** That there are runs of each method an option names. Throws AttuneError `invalid-argument`. */
export function checkMethods(option: string, methods: readonly string[], runs: readonly RunRecord[]): void {
  const known = new Set(runs.map(({ method }) => method));
  const unknown = methods.find((method) => !known.has(method));
  if (unknown === undefined) return;
  const which = [...known].sort().join(", ");
  throw new AttuneError("invalid-argument", `--${option}: there is no run of ${unknown}; there are runs of: ${which}`);
}

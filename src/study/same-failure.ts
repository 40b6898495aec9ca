import type { Trial } from "../trial/trial.ts";

const ENOUGH = 3;

/** Watches the first trials of a run: when all of the first three fail the same way, going on teaches nothing. */
export class SameFailureWatch {
  #first: Trial[] = [];
  #over = false;

  /** @returns the sentence that ends the run, or null. */
  add(trial: Trial): string | null {
    if (this.#over) return null;
    this.#first.push(trial);
    const [model] = this.#first;
    if (trial.state !== "failed" || model === undefined || kind(trial) !== kind(model)) {
      this.#over = true;
      return null;
    }
    if (this.#first.length < ENOUGH) return null;
    this.#over = true;
    return (
      `The first ${ENOUGH} trials all failed the same way, so the run stops. ${trial.message ?? kind(trial)}\n` +
      "Mend the program and run again, or insist (keepGoing: true)."
    );
  }
}

function kind(trial: Trial): string {
  const end = trial.segments.at(-1)?.attempts.at(-1);
  return `${trial.outcome} ${end?.exitCode ?? ""} ${end?.signal ?? ""}`;
}

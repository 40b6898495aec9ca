import { keptOn } from "../../trial/kept-on.ts";
import type { Trial } from "../../trial/trial.ts";

interface Counts {
  readonly kept: number;
  readonly anew: number;
}

/** How promotions were carried out, by the record of each trial: whether programs went on from where they were or began anew. */
export class Resumptions {
  readonly #byTrial = new Map<number, Counts>();
  #kept = 0;
  #anew = 0;

  /** Takes in the record of a trial as it is now. */
  take(trial: Trial): void {
    const before = this.#byTrial.get(trial.number) ?? { kept: 0, anew: 0 };
    const now = countsOf(trial);
    if (before.kept === now.kept && before.anew === now.anew) return;
    this.#byTrial.set(trial.number, now);
    this.#kept += now.kept - before.kept;
    this.#anew += now.anew - before.anew;
  }

  /** Whether more begin anew than go on; null while nothing tells. */
  get beginAnew(): boolean | null {
    return this.#kept + this.#anew === 0 ? null : this.#anew > this.#kept;
  }
}

/** Segments that were run on; of a trial that pauses for the first time, whether there is anything to go on from. By hand nobody can tell. */
function countsOf({ state, segments }: Trial): Counts {
  const own = segments.filter(({ attempts }) => attempts[0]?.owner.kind === "leased");
  if (own.length !== segments.length) return { kept: 0, anew: 0 };
  if (segments.length > 1) {
    const kept = segments.filter(({ index }) => index > 0 && keptOn(segments, index)).length;
    return { kept, anew: segments.length - 1 - kept };
  }
  const last = segments[0]?.attempts.at(-1);
  if (state !== "paused" || last === undefined) return { kept: 0, anew: 0 };
  // Whether it is given up before it is run on, only that will tell.
  const keeps = last.checkpoint !== null || last.frozen !== undefined;
  return { kept: Number(keeps), anew: Number(!keeps) };
}

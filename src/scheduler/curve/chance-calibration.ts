import { exp } from "../../numeric/special/exp.ts";
import { ln } from "../../numeric/special/ln.ts";

/** Trials that are learnt from, the first of the study: so that what is known does not hang on how many views it was read in, nor cost more and more. */
const MOST = 128;
/** Logarithms of odds are not taken for farther from 0: a chance that is as good as nothing is not known that well. */
const FARTHEST = 5;
/** Deviations of shift and slope from 0 and 1, that no correction is needed, before anything is known. */
const SHIFT = 0.3;
const SLOPE = 0.6;
/** Of a chance of a quarter: slopes turn about it, so that many small chances of which none came yet say little against all others. */
const PIVOT = ln(1 / 3);
const LEAST_SLOPE = 0.2;
/** Newton's steps from the prior, none longer than this: the likelihood is concave, but a whole step may leap over its top. */
const ROUNDS = 16;
const LONGEST = 0.5;

interface Correction {
  readonly shift: number;
  readonly slope: number;
}

/** What was said of a trial at one of its steps, as a logarithm of odds beside {@link PIVOT}, and whether it came. A trial's weigh 1 together. */
interface Said {
  readonly odds: number;
  readonly came: 0 | 1;
  readonly weight: number;
}

/**
 * Corrects chances by what came of those stated before: a line in the logarithm of the odds (Platt, "Probabilistic Outputs for Support Vector Machines",
 * 1999), with a prior that it changes nothing. The shapes know neither how much alike the curves of a study are nor how noisy; their own chances are too
 * timid in one study and too bold in another.
 */
export class ChanceCalibration {
  #said: Said[] = [];
  #trials = 0;
  #correction: Correction | null = null;

  /** True once no more trials are learnt from. */
  get full(): boolean {
    return this.#trials >= MOST;
  }

  /** The next trial that ended: what was said of it on the way, and whether it came. */
  add(chances: readonly number[], came: boolean): void {
    if (this.full || chances.length === 0) return;
    this.#trials += 1;
    this.#correction = null;
    for (const chance of chances)
      this.#said.push({ odds: oddsOf(chance), came: came ? 1 : 0, weight: 1 / chances.length });
  }

  /** A chance as those stated so far turned out; it grows with the one given. */
  of(chance: number): number {
    this.#correction ??= fitted(this.#said);
    const { shift, slope } = this.#correction;
    return logistic(PIVOT + shift + slope * oddsOf(chance));
  }

  forget(): void {
    this.#said = [];
    this.#trials = 0;
    this.#correction = null;
  }
}

/** From the pivot on. */
function oddsOf(chance: number): number {
  if (!(chance > 0)) return -FARTHEST - PIVOT;
  if (!(chance < 1)) return FARTHEST - PIVOT;
  return Math.max(-FARTHEST, Math.min(FARTHEST, ln(chance / (1 - chance)))) - PIVOT;
}

function logistic(odds: number): number {
  return 1 / (1 + exp(-odds));
}

/** Logistic regression with normal priors, by Newton's method. */
function fitted(said: readonly Said[]): Correction {
  let [shift, slope] = [0, 1];
  for (let round = 0; round < ROUNDS && said.length > 0; round++) {
    let [aa, ab, bb] = [1 / (SHIFT * SHIFT), 0, 1 / (SLOPE * SLOPE)];
    let [first, second] = [-shift * aa, (1 - slope) * bb];
    for (const { odds, came, weight } of said) {
      const chance = logistic(PIVOT + shift + slope * odds);
      const error = weight * (came - chance);
      const sure = weight * chance * (1 - chance);
      first += error;
      second += error * odds;
      aa += sure;
      ab += sure * odds;
      bb += sure * odds * odds;
    }
    const determinant = aa * bb - ab * ab;
    const [along, up] = [(bb * first - ab * second) / determinant, (aa * second - ab * first) / determinant];
    const part = Math.min(1, LONGEST / Math.max(Math.abs(along), Math.abs(up), LONGEST));
    shift += part * along;
    slope += part * up;
  }
  return { shift, slope: Math.max(LEAST_SLOPE, slope) };
}

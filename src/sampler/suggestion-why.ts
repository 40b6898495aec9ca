/** What is expected of a value, and one standard deviation below and above. */
export interface Expectation {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

/**
 * What a sampler knew and expected when it made a suggestion: numbers, of which sentences are made when shown. It follows from the
 * view like the suggestion itself, so it is recomputed rather than stored.
 */
export interface SuggestionWhy {
  readonly version: 1;
  /** `initial`: before any model. `model`: from a model. `random`: at random, as the sampler always does or for want of a model. */
  readonly phase: "initial" | "model" | "random";
  /** Which of the sampler's models proposed, in its own word; null without a model. */
  readonly member: string | null;
  /** Trials with a value that the sampler knew; of many, the model is made of the better and the newest. */
  readonly trials: number;
  /** Trials not finished yet that it counted with. */
  readonly pending: number;
  /** What the model expects of the first metric there, in the metric's own unit, and how far off one standard deviation is. */
  readonly predicted: Expectation | null;
  /** The same of each of several objectives, by name; left out where one number stands for all. */
  readonly objectives?: Readonly<Record<string, Expectation>>;
  /**
   * How much of the hypervolume it is expected to add, as a share of the box from the best result of each objective to a tenth beyond its worst; left
   * out with one objective, and while nothing keeps the limits or results span no box.
   */
  readonly hypervolume?: number;
  /** By objective what it weighs, all of them adding up to 1, where the suggestion went by what people chose of the front; else left out. */
  readonly preferred?: Readonly<Record<string, number>>;
  /** How likely it keeps each limit, 0 to 1; left out without limits. */
  readonly limits?: readonly { readonly limit: string; readonly chance: number }[];
  /**
   * Logarithm of the expected improvement in the model's own unit, or what else the sampler makes largest. Of `gp`, some turns of
   * the member `drawn` count only what is more than half a deviation of all results better than the incumbent.
   */
  readonly acquisition: number | null;
  /** The value an improvement was measured against: the best the model predicts at a known configuration. */
  readonly incumbent: number | null;
}

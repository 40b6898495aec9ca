/**
 * Whose hyperparameters a proposal is made with: the most likely ones, or a draw from what is still plausible, in which parameters
 * that the trials say little about may matter a lot.
 */
export type Turn = "likely" | "drawn";

/** The two take turns by trial number: what the likely model is sure about wrongly, draws get to see. */
export function turnOf(number: number): Turn {
  return number % 2 === 0 ? "likely" : "drawn";
}

/**
 * Whose hyperparameters a proposal is made with: the most likely ones, or a draw from what is still plausible, in which parameters
 * that the trials say little about may matter a lot.
 */
export type Turn = "likely" | "drawn";

/**
 * Every second trial by number is a draw's turn where parameters depend on others, else every third: what the likely model is sure
 * about wrongly, a whole branch above all, draws get to see.
 */
export function turnOf(number: number, hasConditions: boolean): Turn {
  const period = hasConditions ? 2 : 3;
  return number % period === period - 1 ? "drawn" : "likely";
}

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

/**
 * By how much a proposal's improvement has to exceed the best, in deviations of the bent values. A draw's turn looks for a leap:
 * where a model is sure of a slope, small steps down it are worth more than any chance elsewhere, and a search ends in the
 * basin where it began. Without conditions only every second draw's turn does; all others take steps.
 */
export function leapOf(turn: Turn, number: number, hasConditions: boolean): number {
  return turn === "drawn" && (hasConditions || number % 6 === 5) ? 0.5 : 0;
}

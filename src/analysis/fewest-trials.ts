/** Trials before anything is said of what they have in common. */
export const FEWEST_TRIALS = 5;

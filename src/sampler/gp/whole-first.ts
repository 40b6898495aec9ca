/**
 * Where trials are run in part the first model also waits for so many whole runs, up to so many times as many trials: before it has seen any, it takes the
 * order of short runs for that of whole ones, and looks nowhere else than where they are good.
 */
export const FIRST_WHOLE = 5;
export const MOST_WAITED = 4;

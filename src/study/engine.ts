/**
 * Version of everything that decides suggestions. Counted up when the same view and request may give other bits than before;
 * `attune replay` then says "made by another engine version" instead of "different".
 */
export const ENGINE = "1";

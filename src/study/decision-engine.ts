/**
 * Version of what schedulers decide. Counted up when one decides otherwise from the same view than before; `attune replay` then says "made by another
 * engine version" of what differs. Up to 3 it was the version of suggestions. With 4 `asha` and `halving` learn which rungs tell something. With 5 `curve`
 * corrects its chances by what came of them, and `wilcoxon` is less strict where there are few parts.
 */
export const DECISION_ENGINE = "5";

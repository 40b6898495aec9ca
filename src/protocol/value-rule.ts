/** Which of a trial's reported values is the trial's value: the last, the best, or the mean of the last `count` steps. */
export type ValueRule =
  | { readonly kind: "last" }
  | { readonly kind: "best" }
  | { readonly kind: "mean"; readonly count: number };

/** Reads `last`, `best`, `mean:3`; null for anything else. */
export function readValueRule(text: string): ValueRule | null {
  if (text === "last" || text === "best") return { kind: text };
  const count = /^mean:([1-9]\d{0,5})$/.exec(text)?.[1];
  return count === undefined ? null : { kind: "mean", count: Number(count) };
}

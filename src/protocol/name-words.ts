/** The words of a name in small letters: `val_loss`, `Val loss` and `val-loss` have the same. */
export function nameWords(name: string): readonly string[] {
  return name
    .toLowerCase()
    .split(/[\s_-]+/)
    .filter((word) => word !== "");
}

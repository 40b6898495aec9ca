/** `1 trial`, `3 trials`. */
export function countWords(count: number, word: string): string {
  return count === 1 ? `1 ${word}` : `${count.toLocaleString("en-US")} ${word}s`;
}

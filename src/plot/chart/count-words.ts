/** A count with its noun: `one trial`, `12 trials`. */
export function countWords(count: number, noun: string, several = `${noun}s`): string {
  return count === 1 ? `one ${noun}` : `${count} ${several}`;
}

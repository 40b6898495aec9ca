/** A count with its noun: `1 trial`, `12 trials`. */
export function countWords(count: number, noun: string, several = `${noun}s`): string {
  return `${count} ${count === 1 ? noun : several}`;
}

import { nameWords } from "./name-words.ts";

/** Names by how much they have in common with the asked one, the closest first; of equals in their order. */
export function closestNames(asked: string, names: readonly string[]): readonly string[] {
  const words = wordsOf(asked);
  const scored = names.map((name) => ({ name, score: likeness(words, wordsOf(name)) }));
  return scored.sort((a, b) => b.score - a.score).map(({ name }) => name);
}

/** Shared words, a beginning of four letters for half of one; less for each word besides. */
function likeness(asked: readonly string[], words: readonly string[]): number {
  const shared = asked.map((word) => {
    if (words.includes(word)) return 1;
    const begins = (other: string): boolean =>
      other.length >= 3 &&
      word.length >= 3 &&
      (other.startsWith(word.slice(0, 4)) || word.startsWith(other.slice(0, 4)));
    return words.some(begins) ? 0.5 : 0;
  });
  const sum = shared.reduce<number>((total, one) => total + one, 0);
  return sum === 0 ? 0 : sum - 0.01 * words.length;
}

function wordsOf(name: string): readonly string[] {
  return nameWords(name.replace(/(\p{Ll})(\p{Lu})/gu, "$1 $2").replace(/[^\p{L}\p{N}]+/gu, " "));
}

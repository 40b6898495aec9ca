/** Edit distance with swaps of neighbours counted once (optimal string alignment). */
function editDistance(a: string, b: string): number {
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      let best = Math.min(previous[j]! + 1, row[j - 1]! + 1, previous[j - 1]! + cost);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) best = Math.min(best, before[j - 2]! + 1);
      row.push(best);
    }
    before = previous;
    previous = row;
  }
  return previous[b.length]!;
}

/**
 * The word of `words` that `given` was probably meant to be, or null when none is near (more than a third of its letters
 * would have to change). Case does not count.
 */
export function nearestWord(given: string, words: Iterable<string>): string | null {
  const wanted = given.slice(0, 64).toLowerCase();
  let best: string | null = null;
  let bestDistance = Number.POSITIVE_INFINITY;
  for (const word of words) {
    const distance = editDistance(wanted, word.slice(0, 64).toLowerCase());
    if (distance < bestDistance) {
      best = word;
      bestDistance = distance;
    }
  }
  const allowed = Math.max(1, Math.floor(Math.max(wanted.length, best?.length ?? 0) / 3));
  return bestDistance <= allowed ? best : null;
}

/** ` Did you mean "x"?` when a word is near, else an empty text: to be put behind a sentence. */
export function didYouMean(given: string, words: Iterable<string>): string {
  const word = nearestWord(given, words);
  return word === null ? "" : ` Did you mean ${JSON.stringify(word)}?`;
}

/**
 * The values of shorter runs moved to where whole ones lie, level by level from the whole runs (level 0) down: by the median of what trials with results
 * at the level and at a higher one gained in between. Levels without such trials are moved as those above them. Entries belong together one by one.
 */
export function alignLevels(values: Float64Array, levels: ArrayLike<number>, trials: ArrayLike<number>): Float64Array {
  const aligned = values.slice();
  const order = [...values.keys()].sort((a, b) => levels[a]! - levels[b]! || a - b);
  /** Of each trial its result at the lowest of the levels so far. */
  const nearest = new Map<number, number>();
  let gain = 0;
  for (let begin = 0; begin < order.length; ) {
    const level = levels[order[begin]!]!;
    let end = begin;
    while (end < order.length && levels[order[end]!] === level) end += 1;
    const rows = order.slice(begin, end);
    const gains = rows.flatMap((i) => {
      const higher = nearest.get(trials[i]!);
      return higher === undefined ? [] : [higher - values[i]!];
    });
    if (level > 0 && gains.length > 0) gain = median(gains);
    for (const i of rows) {
      if (level > 0) aligned[i] = values[i]! + gain;
      nearest.set(trials[i]!, aligned[i]!);
    }
    begin = end;
  }
  return aligned.every(Number.isFinite) ? aligned : values;
}

function median(numbers: number[]): number {
  numbers.sort((a, b) => a - b);
  const { length } = numbers;
  return length % 2 === 1 ? numbers[(length - 1) / 2]! : 0.5 * (numbers[length / 2 - 1]! + numbers[length / 2]!);
}

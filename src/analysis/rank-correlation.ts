/** Spearman's: the correlation of the ranks, those that are equal sharing theirs; from -1 to 1, and 0 where nothing varies. */
export function rankCorrelation(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const [x, y] = [ranksOf(a), ranksOf(b)];
  const middle = (a.length - 1) / 2;
  let [both, first, second] = [0, 0, 0];
  for (let k = 0; k < x.length; k++) {
    const [p, q] = [x[k]! - middle, y[k]! - middle];
    both += p * q;
    first += p * p;
    second += q * q;
  }
  return first === 0 || second === 0 ? 0 : both / Math.sqrt(first * second);
}

function ranksOf(values: ArrayLike<number>): Float64Array {
  const order = Array.from({ length: values.length }, (_none, place) => place).sort((a, b) => values[a]! - values[b]!);
  const ranks = new Float64Array(values.length);
  for (let from = 0; from < order.length; ) {
    let to = from;
    while (to + 1 < order.length && values[order[to + 1]!] === values[order[from]!]) to += 1;
    for (let k = from; k <= to; k++) ranks[order[k]!] = (from + to) / 2;
    from = to + 1;
  }
  return ranks;
}

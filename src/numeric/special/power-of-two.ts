const LEAST = -1074;
const MOST = 1023;
const powers = new Float64Array(MOST - LEAST + 1);

powers[-LEAST] = 1;
for (let k = 1; k <= MOST; k++) powers[k - LEAST] = 2 * powers[k - 1 - LEAST]!;
for (let k = -1; k >= LEAST; k--) powers[k - LEAST] = 0.5 * powers[k + 1 - LEAST]!;

/** 2 to a whole power in [-1074, 1023], exactly. */
export function powerOfTwo(k: number): number {
  return powers[k - LEAST]!;
}

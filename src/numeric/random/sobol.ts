import { sobolDirections } from "./sobol-directions.ts";

/**
 * Point `index` of the Sobol sequence in one dimension, as a whole number in [0, 2^32). The order is the natural one (not Gray
 * code), so that any point costs the same. `index` in [0, 2^32), `dimension` in [0, 256).
 */
export function sobol(index: number, dimension: number): number {
  const directions = sobolDirections(dimension);
  let x = 0;
  for (let bit = 0, rest = index; rest > 0; bit++, rest = Math.floor(rest / 2))
    if (rest % 2 === 1) x ^= directions[bit]!;
  return x >>> 0;
}

/**
 * The same with nested uniform (Owen) scrambling, as a number in (0, 1): B. Burley, "Practical hash-based Owen scrambling",
 * JCGT 9 (2020), with the hash constants of N. Vegdahl (2021). A seed of its own for each dimension keeps the point set's
 * evenness and makes dimensions independent.
 */
export function scrambledSobol(index: number, dimension: number, seed: number): number {
  const x = reverse(permute(reverse(sobol(index, dimension)), seed));
  return (x + 0.5) / 4294967296;
}

/** A permutation of 32-bit numbers in which each bit depends only on those below it. */
function permute(x: number, seed: number): number {
  x ^= Math.imul(x, 0x3d20adea);
  x = (x + seed) | 0;
  x = Math.imul(x, (seed >>> 16) | 1);
  x ^= Math.imul(x, 0x05526c56);
  x ^= Math.imul(x, 0x53a22864);
  return x >>> 0;
}

function reverse(x: number): number {
  x = ((x & 0x55555555) << 1) | ((x >>> 1) & 0x55555555);
  x = ((x & 0x33333333) << 2) | ((x >>> 2) & 0x33333333);
  x = ((x & 0x0f0f0f0f) << 4) | ((x >>> 4) & 0x0f0f0f0f);
  x = ((x & 0x00ff00ff) << 8) | ((x >>> 8) & 0x00ff00ff);
  return ((x << 16) | (x >>> 16)) >>> 0;
}

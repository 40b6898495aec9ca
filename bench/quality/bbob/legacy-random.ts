/** `count` uniform numbers in (0, 1): the generator of the published instances (Park and Miller's, with a shuffle of 32 places). */
export function uniforms(count: number, seed: number): Float64Array {
  let state = Math.max(1, Math.abs(seed));
  const table = new Float64Array(32);
  for (let i = 39; i >= 0; i--) {
    state = advance(state);
    if (i < 32) table[i] = state;
  }
  let last = table[0]!;
  return Float64Array.from({ length: count }, () => {
    state = advance(state);
    const place = Math.floor(last / 67108865);
    last = table[place]!;
    table[place] = state;
    return last / 2.147483647e9 || 1e-99;
  });
}

function advance(state: number): number {
  const high = Math.floor(state / 127773);
  const next = 16807 * (state - high * 127773) - 2836 * high;
  return next < 0 ? next + 2147483647 : next;
}

/** Standard normal numbers of the published instances. */
export function gaussians(count: number, seed: number): Float64Array {
  const u = uniforms(2 * count, seed);
  return Float64Array.from(
    { length: count },
    (_, i) => Math.sqrt(-2 * Math.log(u[i]!)) * Math.cos(2 * Math.PI * u[count + i]!) || 1e-99,
  );
}

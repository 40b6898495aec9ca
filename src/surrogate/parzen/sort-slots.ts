const BITS = 11;
const DIGITS = 1 << BITS;
/** Eleven bits at a time, of 64. */
const PASSES = 6;

/** Slots with the bits of their keys, two words each. */
interface Sorting {
  readonly slots: Int32Array;
  readonly words: Uint32Array;
}

/** Sorts slots by keys of at least 0, `keys[i]` that of `slots[i]`; those with equal keys keep their order. By digits of the keys' bits. */
export function sortSlots(slots: Int32Array, keys: Float64Array): void {
  const count = slots.length;
  let from: Sorting = { slots, words: new Uint32Array(keys.buffer, keys.byteOffset, 2 * count) };
  let to: Sorting = { slots: new Int32Array(count), words: new Uint32Array(2 * count) };
  const places = new Int32Array(DIGITS);
  for (let pass = 0; pass < PASSES; pass++) {
    const shift = pass * BITS;
    if (!countDigits(from.words, shift, places)) continue;
    for (let i = 0; i < count; i++) {
      const place = places[digit(from.words, i, shift)]!++;
      to.slots[place] = from.slots[i]!;
      to.words[2 * place] = from.words[2 * i]!;
      to.words[2 * place + 1] = from.words[2 * i + 1]!;
    }
    [from, to] = [to, from];
  }
  if (from.slots !== slots) slots.set(from.slots);
}

/** The first place of each digit; false when all have the same. */
function countDigits(words: Uint32Array, shift: number, places: Int32Array): boolean {
  const count = words.length / 2;
  places.fill(0);
  for (let i = 0; i < count; i++) places[digit(words, i, shift)]!++;
  let before = 0;
  for (let d = 0; d < DIGITS; d++) {
    const own = places[d]!;
    if (own === count) return false;
    places[d] = before;
    before += own;
  }
  return count > 0;
}

function digit(words: Uint32Array, i: number, shift: number): number {
  const low = words[2 * i + LOW]!;
  const high = words[2 * i + 1 - LOW]!;
  const bits = shift >= 32 ? high >>> (shift - 32) : shift === 0 ? low : (low >>> shift) | (high << (32 - shift));
  return bits & (DIGITS - 1);
}

/** Place of a double's lower word: 0 on little-endian machines. */
const LOW = 1 - new Uint8Array(new Uint16Array([1]).buffer)[0]!;

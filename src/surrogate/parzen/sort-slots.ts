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
  const places = new Int32Array(PASSES * DIGITS);
  countDigits(from.words, places);
  for (let pass = 0; pass < PASSES; pass++) {
    if (!beginPlaces(places.subarray(pass * DIGITS, (pass + 1) * DIGITS), count)) continue;
    move(from, to, pass, places);
    [from, to] = [to, from];
  }
  if (from.slots !== slots) slots.set(from.slots);
}

/** How often each digit is there, pass by pass. */
function countDigits(words: Uint32Array, counts: Int32Array): void {
  for (let i = 0; i < words.length; i += 2)
    for (let pass = 0; pass < PASSES; pass++)
      counts[pass * DIGITS + digit(words[i + LOW]!, words[i + 1 - LOW]!, pass)]!++;
}

/** Makes the first place of each digit of how often it is there; false when all have the same. */
function beginPlaces(counts: Int32Array, all: number): boolean {
  let before = 0;
  for (let d = 0; d < DIGITS; d++) {
    const own = counts[d]!;
    if (own === all) return false;
    counts[d] = before;
    before += own;
  }
  return true;
}

function move(from: Sorting, to: Sorting, pass: number, places: Int32Array): void {
  const { slots, words } = from;
  const [toSlots, toWords] = [to.slots, to.words];
  for (let i = 0; i < slots.length; i++) {
    const low = words[2 * i + LOW]!;
    const high = words[2 * i + 1 - LOW]!;
    const place = places[pass * DIGITS + digit(low, high, pass)]!++;
    toSlots[place] = slots[i]!;
    toWords[2 * place + LOW] = low;
    toWords[2 * place + 1 - LOW] = high;
  }
}

/** Eleven of the 64 bits; the last pass has nine. */
function digit(low: number, high: number, pass: number): number {
  const shift = pass * BITS;
  const bits = shift >= 32 ? high >>> (shift - 32) : shift === 0 ? low : (low >>> shift) | (high << (32 - shift));
  return bits & (DIGITS - 1);
}

/** Place of a double's lower word: 0 on little-endian machines. */
const LOW = 1 - new Uint8Array(new Uint16Array([1]).buffer)[0]!;

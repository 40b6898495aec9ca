import type { RandomStream, StreamSource } from "./stream-source.ts";
import { Xoshiro128 } from "./xoshiro.ts";

type Lanes = readonly [number, number, number, number];

const START: Lanes = [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344]; // first digits of pi
const STRING_TAG = 0x53;
const NUMBER_TAG = 0x4e;

const bytes = new DataView(new ArrayBuffer(8));

function rotl(x: number, k: number): number {
  return (x << k) | (x >>> (32 - k));
}

function finalMix(h: number): number {
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

/** One round of a four-lane hash with the constants of MurmurHash3 x86_128 (Appleby, 2011). */
function absorbWord([a, b, c, d]: Lanes, word: number): Lanes {
  const k = Math.imul(rotl(Math.imul(word, 0x239b961b), 15), 0xab0e9789);
  a = (Math.imul((rotl(a ^ k, 19) + b) | 0, 5) + 0x561ccd1b) | 0;
  b = (Math.imul((rotl(b ^ rotl(k, 8), 17) + c) | 0, 5) + 0x0bcaa747) | 0;
  c = (Math.imul((rotl(c ^ rotl(k, 16), 15) + d) | 0, 5) + 0x96cd1c35) | 0;
  d = (Math.imul((rotl(d ^ rotl(k, 24), 13) + a) | 0, 5) + 0x32ac3b17) | 0;
  return [a, b, c, d];
}

function absorb(lanes: Lanes, key: string | number): Lanes {
  if (typeof key === "number") {
    bytes.setFloat64(0, key === 0 ? 0 : key);
    lanes = absorbWord(lanes, NUMBER_TAG);
    return absorbWord(absorbWord(lanes, bytes.getInt32(0)), bytes.getInt32(4));
  }
  lanes = absorbWord(absorbWord(lanes, STRING_TAG), key.length);
  for (let i = 0; i < key.length; i++) lanes = absorbWord(lanes, key.charCodeAt(i));
  return lanes;
}

function toStream([a, b, c, d]: Lanes): RandomStream {
  a = (a + b + c + d) | 0;
  b = (b + a) | 0;
  c = (c + a) | 0;
  d = (d + a) | 0;
  [a, b, c, d] = [finalMix(a), finalMix(b), finalMix(c), finalMix(d)];
  a = (a + b + c + d) | 0;
  return new Xoshiro128(a, (b + a) | 0, (c + a) | 0, (d + a) | 0);
}

/**
 * Independent random streams by key: `stream(name)` depends only on the seed, the keys and the name, never on what was
 * drawn before. `seed` is any finite number; keys are usually the trial number and a component's name.
 *
 * @example
 * keyedStreams(42, 7).stream("lr").float(); // the same for every process that asks
 */
export function keyedStreams(seed: number, ...keys: (string | number)[]): StreamSource {
  let lanes = absorb(START, seed);
  for (const key of keys) lanes = absorb(lanes, key);
  return { stream: (key) => toStream(absorb(lanes, key)) };
}

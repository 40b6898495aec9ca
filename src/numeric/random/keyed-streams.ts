import type { RandomStream, StreamSource } from "./stream-source.ts";
import { Xoshiro128 } from "./xoshiro.ts";

const START = [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344] as const; // first digits of pi
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

/** A four-lane hash with the constants of MurmurHash3 x86_128 (Appleby, 2011). */
class Lanes {
  #a: number = START[0];
  #b: number = START[1];
  #c: number = START[2];
  #d: number = START[3];

  copy(from: Lanes): this {
    this.#a = from.#a;
    this.#b = from.#b;
    this.#c = from.#c;
    this.#d = from.#d;
    return this;
  }

  absorb(key: string | number): this {
    if (typeof key === "number") {
      bytes.setFloat64(0, key === 0 ? 0 : key);
      this.#absorbWord(NUMBER_TAG);
      this.#absorbWord(bytes.getInt32(0));
      this.#absorbWord(bytes.getInt32(4));
    } else {
      this.#absorbWord(STRING_TAG);
      this.#absorbWord(key.length);
      for (let i = 0; i < key.length; i++) this.#absorbWord(key.charCodeAt(i));
    }
    return this;
  }

  #absorbWord(word: number): void {
    const k = Math.imul(rotl(Math.imul(word, 0x239b961b), 15), 0xab0e9789);
    this.#a = (Math.imul((rotl(this.#a ^ k, 19) + this.#b) | 0, 5) + 0x561ccd1b) | 0;
    this.#b = (Math.imul((rotl(this.#b ^ rotl(k, 8), 17) + this.#c) | 0, 5) + 0x0bcaa747) | 0;
    this.#c = (Math.imul((rotl(this.#c ^ rotl(k, 16), 15) + this.#d) | 0, 5) + 0x96cd1c35) | 0;
    this.#d = (Math.imul((rotl(this.#d ^ rotl(k, 24), 13) + this.#a) | 0, 5) + 0x32ac3b17) | 0;
  }

  toStream(): RandomStream {
    let a = (this.#a + this.#b + this.#c + this.#d) | 0;
    let b = (this.#b + a) | 0;
    let c = (this.#c + a) | 0;
    let d = (this.#d + a) | 0;
    a = finalMix(a);
    b = finalMix(b);
    c = finalMix(c);
    d = finalMix(d);
    a = (a + b + c + d) | 0;
    return new Xoshiro128(a, (b + a) | 0, (c + a) | 0, (d + a) | 0);
  }
}

/** Taken and given back within one call, so that a stream costs no lanes of its own. */
const scratch = new Lanes();

/**
 * Independent random streams by key: `stream(name)` depends only on the seed, the keys and the name, never on what was
 * drawn before. `seed` is any finite number; keys are usually the trial number and a component's name.
 *
 * @example
 * keyedStreams(42, 7).stream("lr").float(); // the same for every process that asks
 */
export function keyedStreams(seed: number, ...keys: (string | number)[]): StreamSource {
  const lanes = new Lanes().absorb(seed);
  for (const key of keys) lanes.absorb(key);
  return { stream: (key) => scratch.copy(lanes).absorb(key).toStream() };
}

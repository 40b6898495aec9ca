import type { JsonValue } from "../../space/json.ts";

const EMPTY_LIST = 5;
const EMPTY_OBJECT = 6;
const OBJECT_END = 7;

const words = new Uint32Array(2);
const double = new Float64Array(words.buffer);

function mix(hash: number, word: number): number {
  const h = Math.imul(hash ^ word, 0x85ebca6b);
  return Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
}

function hashNumber(value: number): number {
  // JSON knows one zero, and no NaN or infinity.
  if (!Number.isFinite(value)) return 0;
  double[0] = value + 0;
  const h = mix(mix(1, words[0]!), words[1]!);
  return h ^ (h >>> 16);
}

function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash;
}

/**
 * A 32-bit hash of a JSON value that is the same wherever `canonicalJson` gives the same text: an object's keys count in any order
 * and without those of undefined values. Costs a tenth of making the text.
 */
export function jsonHash(value: JsonValue | undefined): number {
  return hashOf(value) >>> 0;
}

/** The hash of a list, by the hashes of its items. */
export function hashOfItems(hashes: readonly number[]): number {
  return hashes.reduce(mix, EMPTY_LIST) >>> 0;
}

/** The hashes of objects, one member of all of them after the other. */
export class ObjectHashes {
  readonly #sums: Int32Array;

  constructor(count: number) {
    this.#sums = new Int32Array(count).fill(EMPTY_OBJECT);
  }

  /** The member of a name that each has; undefined for those that have none. */
  add(name: string, of: (place: number) => JsonValue | undefined): void {
    const [sums, key] = [this.#sums, hashText(name)];
    for (let place = 0; place < sums.length; place++) {
      const value = of(place);
      if (value !== undefined) sums[place] = sums[place]! + mix(key, hashOf(value));
    }
  }

  /** The member of a name that each has, where all are numbers. */
  addNumbers(name: string, values: Float64Array): void {
    const [sums, key] = [this.#sums, hashText(name)];
    for (let place = 0; place < sums.length; place++) sums[place] = sums[place]! + mix(key, hashNumber(values[place]!));
  }

  /** By place, as `jsonHash` gives them. */
  finish(): Uint32Array {
    const sums = this.#sums;
    const hashes = new Uint32Array(sums.length);
    for (let place = 0; place < sums.length; place++) hashes[place] = mix(sums[place]!, OBJECT_END);
    return hashes;
  }
}

function hashOf(value: JsonValue | undefined): number {
  switch (typeof value) {
    case "number":
      return hashNumber(value);
    case "string":
      return mix(2, hashText(value));
    case "boolean":
      return value ? 3 : 4;
    case "object":
      return value === null ? 0 : hashInside(value);
    default:
      return 0;
  }
}

function hashInside(value: NonNullable<JsonValue & object>): number {
  if (Array.isArray(value)) return value.reduce((hash: number, item: JsonValue) => mix(hash, hashOf(item)), EMPTY_LIST);
  let sum = EMPTY_OBJECT;
  for (const key of Object.keys(value)) {
    const inner = (value as Readonly<Record<string, JsonValue | undefined>>)[key];
    if (inner !== undefined) sum = (sum + mix(hashText(key), hashOf(inner))) | 0;
  }
  return mix(sum, OBJECT_END);
}

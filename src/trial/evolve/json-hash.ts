import type { JsonValue } from "../../space/json.ts";

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
  if (Array.isArray(value)) return value.reduce((hash: number, item: JsonValue) => mix(hash, hashOf(item)), 5);
  let sum = 6;
  for (const key of Object.keys(value)) {
    const inner = (value as Readonly<Record<string, JsonValue | undefined>>)[key];
    if (inner !== undefined) sum = (sum + mix(hashText(key), hashOf(inner))) | 0;
  }
  return mix(sum, 7);
}

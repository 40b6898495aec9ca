import { type ReadNumber, readNumber } from "./read-number.ts";

/** `tensor(`, `np.float64(`, `Array([[`, `Some(`, `[`, with a quote behind it perhaps (`Decimal('0.31')`). */
const OPENING = /(?:[A-Za-z_][\w.]{0,40})?[([]{1,4}\s{0,4}['"]?/y;
/** The end of the wrapper at once, or what it says of its number: `, device='cuda:0')`. */
const CLOSING = /['"]?\s{0,4}(?:[)\]]|,\s{0,4}[a-z_]+\s?=)/y;
const TENSORFLOW = /<tf\.Tensor:[^>]{0,80}?numpy=/y;
/** `9862/10000 (99%)`, `4551 of 4820 (0.9442)`, `3/4 = 75%`: a share, of which the fraction has all digits. */
const COUNTED =
  /(\d{1,13})(?:\s?\/\s?|\s(?:out\s)?of\s)(\d{1,13})(?:\s{0,4}\(\s{0,4}(?=[^()]{1,25}\))|\s{0,4}=\s{0,4})(\d{0,3}\.?\d{0,15})\s?(%?)(?:\s{0,4}\)|(?![\d.,\p{L}]))/uy;

/**
 * The value that begins exactly at `at`: a number as {@link readNumber} reads it, in quotes, in brackets alone (`[0.31]`), as
 * `tensor(0.31, device='cuda:0')`, `np.float64(0.31)`, `Array(0.31, dtype=float32)`, or `9862/10000 (99%)`. A percentage is
 * the number before its sign, a count with its percentage the percentage unrounded. A list of several numbers is no value.
 */
export function readValue(text: string, at: number): ReadNumber | null {
  const plain = readNumber(text, at);
  if (plain !== null) return plain;
  const first = text[at];
  if (first === undefined) return null;
  if (first === '"' || first === "'") {
    const quoted = readNumber(text, at + 1);
    return quoted !== null && text[quoted.end] === first ? { value: quoted.value, end: quoted.end + 1 } : null;
  }
  return readCounted(text, at) ?? readWrapped(text, at);
}

function readCounted(text: string, at: number): ReadNumber | null {
  COUNTED.lastIndex = at;
  const match = COUNTED.exec(text);
  if (match === null) return null;
  const [, part, whole, share = "", percent] = match;
  const value = ((percent === "%" ? 100 : 1) * Number(part)) / Number(whole);
  const digits = share.split(".")[1]?.length ?? 0;
  const near = percent === "%" ? 1 : Number(`1e-${digits}`);
  const isShare = share !== "" && (percent === "%" || digits > 0);
  return isShare && Math.abs(value - Number(share)) <= near ? { value, end: COUNTED.lastIndex } : null;
}

function readWrapped(text: string, at: number): ReadNumber | null {
  for (const opening of [OPENING, TENSORFLOW]) {
    opening.lastIndex = at;
    const match = opening.exec(text);
    if (match === null) continue;
    const inside = readNumber(text, at + match[0].length);
    if (inside === null) continue;
    if (opening === TENSORFLOW) return inside;
    CLOSING.lastIndex = inside.end;
    if (CLOSING.test(text)) return { value: inside.value, end: CLOSING.lastIndex };
  }
  return null;
}

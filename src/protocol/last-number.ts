import { notationFault } from "./notation-fault.ts";
import type { NotationFault } from "./number-notation.ts";
import { readNumber } from "./read-number.ts";

/** The last number of a text, or why the last that looks like one is read as none. */
export type LastNumber = { readonly value: number } | { readonly fault: NotationFault };

/** Longest line looked at, in characters; of a longer one the end. */
const MAX_LINE = 4_096;
const START = /(?<![\p{L}\p{N}_]|\d[.:/,-])[-+]?(?:\d|\.\d|nan|inf)/giu;

/**
 * The last number of a text that stands by itself (`100` in `took 100 s`, nothing in `v2` or `12:30`), or the reason why that is
 * none to be used (`0,5`); null where there is nothing.
 */
export function lastNumber(text: string): LastNumber | null {
  const line = text.slice(-MAX_LINE);
  let last: LastNumber | null = null;
  let over = 0;
  for (const { index } of line.matchAll(START)) {
    if (index < over) continue;
    const read = readNumber(line, index);
    const fault = read === null ? notationFault(line, index) : null;
    if (read !== null) last = { value: read.value };
    else if (fault?.sure === true) last = { fault };
    over = read?.end ?? index + (fault?.text.length ?? 0);
  }
  return last;
}

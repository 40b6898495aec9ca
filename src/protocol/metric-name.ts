import { dataPart } from "./data-part.ts";
import type { Certainty } from "./metric-reading.ts";
import { nameWords } from "./name-words.ts";

/** Where a name stands on a line. */
export interface NamePlace {
  readonly at: number;
  readonly end: number;
  readonly certainty: Certainty;
}

/** The name of an asked metric, as programs may spell it: capitals, and blanks, `_` and `-` between its words, do not matter. */
export class MetricName {
  readonly name: string;
  readonly #pattern: RegExp;
  readonly #whole: RegExp;
  readonly #somewhere: RegExp;
  /** The part of the data that the name begins or ends with, and the rest: `val` and `loss` of `val_loss`; else null. */
  readonly within: { readonly part: number; readonly rest: MetricName } | null;
  /** Whether the name has a word for a part of the data. */
  readonly isPart: boolean;

  constructor(name: string) {
    this.name = name;
    const words = nameWords(name);
    this.within = withinOf(words);
    this.isPart = words.some((word) => dataPart(word) >= 0);
    const source = spellings(name);
    this.#pattern = new RegExp(source, "giu");
    this.#somewhere = new RegExp(source, "iu");
    this.#whole = new RegExp(`^(?:${source})$`, "iu");
  }

  /** All places on the line, in order; whole words or not. */
  places(line: string): readonly NamePlace[] {
    const found: NamePlace[] = [];
    for (const { 0: text, index } of line.matchAll(this.#pattern)) {
      found.push({ at: index, end: index + text.length, certainty: text === this.name ? "exact" : "spelled" });
    }
    return found;
  }

  /** Whether it stands anywhere in a text, in a whole word or not. */
  isIn(text: string): boolean {
    return this.#somewhere.test(text);
  }

  /** How a whole text is this name, or null. */
  certaintyOf(text: string): Certainty | null {
    if (text === this.name) return "exact";
    return this.#whole.test(text) ? "spelled" : null;
  }
}

function withinOf(words: readonly string[]): MetricName["within"] {
  if (words.length < 2) return null;
  if (words[0] === "cross" && words[1] === "validation" && words.length > 2)
    return { part: dataPart("cv"), rest: new MetricName(words.slice(2).join(" ")) };
  const [first, last] = [dataPart(words[0]!), dataPart(words.at(-1)!)];
  if (first >= 0) return { part: first, rest: new MetricName(words.slice(1).join(" ")) };
  return last >= 0 ? { part: last, rest: new MetricName(words.slice(0, -1).join(" ")) } : null;
}

/** Source of a pattern for the name in any spelling; for the flags `i` and `u`, or on ASCII bytes for `i` alone. */
export function spellings(name: string): string {
  const words = name.split(/[\s_-]+/).map((word) => word.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&"));
  return words.join("[\\t _\\-]{1,3}");
}

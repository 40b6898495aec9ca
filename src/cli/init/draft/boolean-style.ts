import type { BooleanForm } from "../../../trial/command-input.ts";
import type { DraftItem } from "./draft-item.ts";

/** How a draft writes its booleans: what its key `booleans` says, and what each of them is then. */
export interface BooleanStyle {
  /** Null when the draft needs no such key. */
  readonly booleans: BooleanForm | null;
  /** The range and the arguments of a boolean. */
  readonly place: (item: DraftItem) => { readonly range: string; readonly words: readonly string[] };
}

/**
 * One key says how all booleans of a study are written. What it does not fit becomes a choice of two texts: `--amp` or `--no-amp`
 * as an argument of its own, `true` or `false` behind the flag.
 */
export function booleanStyle(items: readonly DraftItem[]): BooleanStyle {
  const kinds = items.flatMap(({ option: { boolean, flag, place } }) =>
    boolean === null || place !== null
      ? []
      : [boolean.kind === "pair" && boolean.off !== `--no-${flag.slice(2)}` ? "own" : boolean.kind],
  );
  const booleans = kinds.includes("flag") ? "flag" : kinds.includes("pair") ? "no-flag" : null;
  return { booleans, place: (item) => placed(item, booleans) };
}

function placed({ option, name }: DraftItem, booleans: BooleanForm | null) {
  const { boolean, flag, default: value, joined } = option;
  const place = `$\{${name}}`;
  const behind = joined ? [`${flag}=${place}`] : [flag, place];
  const plain = { range: `true | false${value === null ? "" : ` default ${value}`}`, words: behind };
  if (option.place !== null) return plain;
  if (boolean === null || boolean.kind === "flag") return { ...plain, words: [flag, place] };
  const asFlag = boolean.kind === "pair" && booleans === "no-flag" && boolean.off === `--no-${flag.slice(2)}`;
  if (asFlag) return { ...plain, words: [flag, place] };
  const [on, off] = boolean.kind === "pair" ? [flag, boolean.off] : [boolean.on, boolean.off];
  if (boolean.kind === "word" && booleans === null && on === "true" && off === "false") return plain;
  const start = value === null ? "" : ` default ${JSON.stringify(value === true ? on : off)}`;
  const range = `${JSON.stringify(on)} | ${JSON.stringify(off)}${start}`;
  return { range, words: boolean.kind === "pair" ? [place] : behind };
}

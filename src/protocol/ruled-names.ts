import { findSpans, type Span } from "./find-spans.ts";

/** A column that a piece of a rule marks, with the name above it; empty where none stands there. */
export interface RuledName extends Span {
  readonly name: string;
}

/** `---- ------ -----`, behind a mark of comments perhaps. */
const BROKEN_RULE = /^\s*(?:[#%]\s?)?(?:-{2,}|={2,}|─{2,}|━{2,}|_{2,})(?:\s{1,4}(?:-+|=+|─+|━+|_+))+\s*$/;
const MAX_LINE = 2_000;
const MARK = /^[#%]+\s*/;

/** The pieces of a rule that is broken by blanks; none of any other line. */
export function rulePieces(rule: string): readonly Span[] {
  if (rule.length > MAX_LINE || !BROKEN_RULE.test(rule)) return [];
  return findSpans(rule.replace(/^(\s*)[#%]/, "$1-"), "words");
}

/**
 * The columns of a table whose names stand above a rule that is broken between them: the rule says where each begins and ends. Null
 * where the line below is no such rule, or a name stands over none of its pieces, or over two.
 */
export function ruledNames(names: string, rule: string): readonly RuledName[] | null {
  const pieces = rulePieces(rule);
  if (pieces.length === 0 || names.length > MAX_LINE) return null;
  const above: string[] = pieces.map(() => "");
  const words = findSpans(names.replace(/^(\s*)[#%]/, "$1 "), "words");
  for (const word of words) {
    const over = pieces.flatMap((piece, index) => (word.at < piece.end && piece.at < word.end ? [index] : []));
    if (over.length !== 1) return null;
    above[over[0]!] = `${above[over[0]!]} ${word.text}`.trim();
  }
  if (above.filter((name) => name !== "").length < 2) return null;
  return pieces.map((piece, index) => ({ ...piece, name: above[index]!.replace(MARK, "") }));
}

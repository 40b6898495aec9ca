import { AttuneError } from "../errors.ts";
import { NUMBER } from "../space/number-text.ts";

/** A `{name: text}` found in an argument; offsets count UTF-16 units from 0. */
export interface FoundDeclaration {
  readonly name: string;
  readonly text: string;
  readonly textStart: number;
  /** Offset behind the closing brace. */
  readonly end: number;
}

const HEAD = /\{([\p{L}\p{N}_][\p{L}\p{N}_.-]*):/uy;
/** `1e-5, 1e-1` · `0.1 to 0.5` · `[1, 6]` · `1 6`: meant as a range, written wrongly. */
const TWO_NUMBERS = new RegExp(
  String.raw`^[[(]?\s*${NUMBER}\s*(?:,|\.|-|–|:|to\b|\s)\s*${NUMBER}\s*[\])]?\s*(?:log|logit|step|if|$)`,
  "u",
);
/** Words of other tools; as declarations they get an error that shows the right form. */
const TYPE_WORD = /^(?:(?:bool|boolean)(?![\w.-])|(?:int|float|choice|categorical|ordinal|ordered)\s*[\d([+-])/iu;

/**
 * The declaration that begins at `at`, or null when the brace there is plain text. Throws AttuneError `invalid-space` when
 * a declaration is begun (`{lr: 1e-5..`) and never closed.
 */
export function findDeclaration(text: string, at: number): FoundDeclaration | null {
  // `${x:-a|b}` is the shell's.
  if (text[at] !== "{" || text[at - 1] === "$") return null;
  HEAD.lastIndex = at;
  const head = HEAD.exec(text);
  if (head === null) return null;
  const bodyStart = at + head[0].length;
  const close = closingBrace(text, bodyStart);
  const body = text.slice(bodyStart, close ?? text.length);
  if (!looksLikeParameter(body.trim())) return null;
  const name = head[1]!;
  if (close === null) {
    throw new AttuneError(
      "invalid-space",
      `\`${text.slice(at)}\` declares ${name} but is not closed; end it with \`}\`. To pass it on as plain text, write {"${name}": or put a space before the colon.`,
      { position: { file: null, line: 1, column: at + 1 }, data: { name } },
    );
  }
  const lead = body.length - body.trimStart().length;
  return { name, text: body.trim(), textStart: bodyStart + lead, end: close + 1 };
}

/** True for a range, choices, an order, a fixed value, or what was meant so; one plain value, an object, a list is none. */
function looksLikeParameter(body: string): boolean {
  const bare = withoutQuoted(body);
  const marked = bare.includes("..") || /(?<!\|)\|(?!\|)|<|^=(?!=)/u.test(bare);
  return marked || TWO_NUMBERS.test(body) || TYPE_WORD.test(body);
}

/** The text with quoted strings emptied, so that `"a | b"` is one value. */
function withoutQuoted(text: string): string {
  return text.replace(/"(?:[^"\\]|\\.)*"|(?<![\p{L}\p{N}])'[^']*'/gsu, '""');
}

/** Offset of the brace that closes the one before `from`, braces inside balanced and quoted strings skipped. */
function closingBrace(text: string, from: number): number | null {
  let depth = 0;
  let at = from;
  while (at < text.length) {
    const char = text[at];
    if (char === '"' || (char === "'" && !/[\p{L}\p{N}]/u.test(text[at - 1] ?? ""))) {
      at = closingQuote(text, at) ?? at;
    } else if (char === "{") {
      depth++;
    } else if (char === "}") {
      if (depth === 0) return at;
      depth--;
    }
    at++;
  }
  return null;
}

/** Offset of the quote that ends the string begun at `at`, or null when there is none. */
function closingQuote(text: string, at: number): number | null {
  const quote = text[at];
  for (let i = at + 1; i < text.length; i++) {
    if (text[i] === "\\" && quote === '"') i++;
    else if (text[i] === quote) return i;
  }
  return null;
}

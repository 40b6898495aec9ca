import type { AttuneError, SourcePosition } from "../../errors.ts";
import { UNSIGNED } from "../number-text.ts";
import { spaceError } from "../space-error.ts";
import { positionAt } from "../text/text-cursor.ts";

export interface ExpressionToken {
  readonly kind: "number" | "string" | "name" | "mark" | "end";
  readonly text: string;
  /** The content of a string or of a name in backticks, else the text. */
  readonly value: string;
  readonly start: number;
}

/** The text of an expression with what its errors begin with and where it was written. */
export interface ExpressionSource {
  readonly text: string;
  readonly subject: string;
  readonly position: SourcePosition | null;
  /** True where `a == b within t` is allowed: as far as t apart counts as equal. */
  readonly tolerances?: boolean;
}

const PATTERNS: readonly (readonly [ExpressionToken["kind"], RegExp])[] = [
  ["number", new RegExp(UNSIGNED, "y")],
  ["name", /[\p{L}_][\p{L}\p{N}_]*(?:\.[\p{L}\p{N}_]+)*/uy],
  ["name", /`[^`\n]+`/y],
  ["string", /"(?:[^"\\\n]|\\.)*"/y],
  ["string", /'[^'\n]*'/y],
  ["mark", /\*\*|==|!=|<=|>=|[-+*/%<>(),:[\]{}]/y],
];

/** An error at an offset of the expression. */
export function expressionError(source: ExpressionSource, offset: number, message: string): AttuneError {
  const whole = source.text.trim();
  const shown = whole.length > 120 ? `${whole.slice(0, 120)}...` : whole;
  return spaceError(
    `${source.subject} ${JSON.stringify(shown)}: ${message}${message.endsWith("?") ? "" : "."}`,
    positionAt(source.text, offset, source.position),
  );
}

function unquote(source: ExpressionSource, kind: ExpressionToken["kind"], text: string, start: number): string {
  if (text.startsWith("`") || text.startsWith("'")) return text.slice(1, -1);
  if (kind !== "string") return text;
  try {
    return JSON.parse(text) as string;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw expressionError(source, start, "a text in double quotes is written as in JSON");
  }
}

function strayCharacter(source: ExpressionSource, start: number): AttuneError {
  const text = source.text[start]!;
  if (text === "=") return expressionError(source, start, "compare with ==, not =");
  if (text === "&") return expressionError(source, start, "write and, not &");
  if (text === "|") return expressionError(source, start, "write or, not |");
  if (text === "!") return expressionError(source, start, "write not, not !");
  if (text === "^") return expressionError(source, start, "write ** for a power, not ^");
  if (`"'\``.includes(text)) return expressionError(source, start, "the quote is never closed");
  return expressionError(source, start, `${JSON.stringify(text)} has no meaning here`);
}

/** Splits an expression into tokens, the last one being the end. */
export function readExpressionTokens(source: ExpressionSource): readonly ExpressionToken[] {
  const tokens: ExpressionToken[] = [];
  let at = 0;
  for (;;) {
    while (at < source.text.length && /\s/.test(source.text[at]!)) at++;
    if (at >= source.text.length) break;
    const start = at;
    for (const [kind, pattern] of PATTERNS) {
      pattern.lastIndex = start;
      const text = pattern.exec(source.text)?.[0];
      if (text === undefined) continue;
      tokens.push({ kind, text, value: unquote(source, kind, text, start), start });
      at = start + text.length;
      break;
    }
    if (at === start) throw strayCharacter(source, start);
  }
  return [...tokens, { kind: "end", text: "", value: "", start: source.text.length }];
}

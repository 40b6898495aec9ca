import { type ExpressionSource, type ExpressionToken, readExpressionTokens } from "./expression-tokens.ts";
import { EXPRESSION_WORDS, spelledName } from "./spelled-name.ts";

const OPENING: ReadonlySet<string> = new Set(["(", "["]);
const CLOSING: ReadonlySet<string> = new Set([")", "]", ","]);
/** After these a sign belongs to what follows. */
const BEFORE_SIGN: ReadonlySet<string> = new Set([..."([,+-*/%<>:", "**", "==", "!=", "<=", ">=", ...EXPRESSION_WORDS]);

/** An expression with one spelling for the same words and marks: one blank between them, names by `rename`, numbers at their shortest. */
export function respellExpression(source: ExpressionSource, rename: (name: string) => string): string {
  const tokens = readExpressionTokens(source);
  let text = "";
  for (const [place, token] of tokens.slice(0, -1).entries()) {
    const [before, next] = [tokens[place - 1], tokens[place + 1]!];
    const spelled = spell(token, next, rename);
    text += before === undefined || isJoined(before, token, tokens[place - 2]) ? spelled : ` ${spelled}`;
  }
  return text;
}

function spell(token: ExpressionToken, next: ExpressionToken, rename: (name: string) => string): string {
  if (token.kind === "number") return String(Number(token.text));
  if (token.kind === "string") return JSON.stringify(token.value);
  const isName =
    token.kind === "name" && (token.text.startsWith("`") || !EXPRESSION_WORDS.has(token.text)) && next.text !== "(";
  if (!isName) return token.text;
  return spelledName(rename(token.value));
}

/** Whether no blank stands between two tokens. */
function isJoined(before: ExpressionToken, token: ExpressionToken, earlier: ExpressionToken | undefined): boolean {
  if (OPENING.has(before.text) || CLOSING.has(token.text)) return true;
  if (token.text === "(") return before.kind === "name" && !EXPRESSION_WORDS.has(before.text);
  return before.text === "-" && (earlier === undefined || BEFORE_SIGN.has(earlier.text));
}

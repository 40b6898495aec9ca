import type { AttuneError, SourcePosition } from "../../errors.ts";
import { spaceError } from "../space-error.ts";

/** `word`: letters, digits and anything else without a meaning of its own; `string`: quoted, `value` being its content. */
export interface Token {
  readonly kind: "word" | "string" | "mark" | "end";
  /** As written; a mark is one of `.. == | < = , [ ] { } ( ) :` and so on. */
  readonly text: string;
  readonly value: string;
  readonly start: number;
}

const MARKS = ["..", "==", "!=", "<=", ">=", "|", "<", ">", "=", ",", "[", "]", "{", "}", "(", ")", ":"];
const WORD_END = /[\s|<>=,[\]{}()"']/;

/** The position of an offset in a text that begins at `base`. */
export function positionAt(text: string, offset: number, base: SourcePosition | null): SourcePosition {
  const { file, line, column } = base ?? { file: null, line: 1, column: 1 };
  const before = text.slice(0, offset).split("\n");
  const last = before.at(-1)!.length;
  return { file, line: line + before.length - 1, column: before.length === 1 ? column + last : last + 1 };
}

/** Steps through the tokens of a short text; every error names the text and has a position. */
export class TextCursor {
  readonly #text: string;
  readonly #subject: string;
  readonly #base: SourcePosition | null;
  readonly #tokens: Token[] = [];
  #at = 0;

  /** `subject` begins every message, such as `Parameter "lr"`. */
  constructor(text: string, subject: string, base: SourcePosition | null) {
    this.#text = text;
    this.#subject = subject;
    this.#base = base;
    let offset = 0;
    for (;;) {
      const token = this.#read(offset);
      this.#tokens.push(token);
      if (token.kind === "end") break;
      offset = token.start + token.text.length;
    }
  }

  peek(ahead = 0): Token {
    return this.#tokens[Math.min(this.#at + ahead, this.#tokens.length - 1)]!;
  }

  next(): Token {
    const token = this.peek();
    if (this.#at < this.#tokens.length - 1) this.#at++;
    return token;
  }

  /** The text from the next token up to one further ahead, as it stands. */
  textBefore(ahead: number): string {
    return this.#text.slice(this.peek().start, this.peek(ahead).start).trim();
  }

  isMark(mark: string, ahead = 0): boolean {
    const token = this.peek(ahead);
    return token.kind === "mark" && token.text === mark;
  }

  isWord(word: string, ahead = 0): boolean {
    const token = this.peek(ahead);
    return token.kind === "word" && token.text === word;
  }

  /** Takes the mark if it is next. */
  takeMark(mark: string): boolean {
    if (!this.isMark(mark)) return false;
    this.next();
    return true;
  }

  expectMark(mark: string, why: string): void {
    if (!this.takeMark(mark)) throw this.error(this.peek(), `${why} ${JSON.stringify(mark)}`);
  }

  position(token: Token): SourcePosition {
    return positionAt(this.#text, token.start, this.#base);
  }

  /** An error at the token; `message` goes on after the subject. */
  error(token: Token, message: string): AttuneError {
    const found = token.kind === "end" ? "the end" : JSON.stringify(token.text);
    return spaceError(`${this.#subject}: ${message} (at ${found} in ${this.#shown()}).`, this.position(token));
  }

  #shown(): string {
    return JSON.stringify(this.#text.length > 120 ? `${this.#text.slice(0, 120)}...` : this.#text);
  }

  #read(offset: number): Token {
    const text = this.#text;
    let start = offset;
    while (start < text.length && /\s/.test(text[start]!)) start++;
    if (start >= text.length) return { kind: "end", text: "", value: "", start: text.length };
    const mark = MARKS.find((candidate) => text.startsWith(candidate, start));
    if (mark !== undefined) return { kind: "mark", text: mark, value: mark, start };
    if (text[start] === '"') return this.#readJsonString(start);
    if (text[start] === "'") return this.#readPlainString(start);
    let end = start;
    while (end < text.length && !this.#endsWord(start, end)) end++;
    const word = text.slice(start, end);
    return { kind: "word", text: word, value: word, start };
  }

  #endsWord(start: number, at: number): boolean {
    const text = this.#text;
    if (WORD_END.test(text[at]!) || text.startsWith("..", at) || text.startsWith("!=", at)) return true;
    return text[at] === ":" && at > start && (at + 1 >= text.length || /\s/.test(text[at + 1]!));
  }

  #readPlainString(start: number): Token {
    const end = this.#text.indexOf("'", start + 1);
    if (end < 0) throw this.#unclosed(start);
    return { kind: "string", text: this.#text.slice(start, end + 1), value: this.#text.slice(start + 1, end), start };
  }

  #readJsonString(start: number): Token {
    const match = /"(?:[^"\\]|\\[\s\S])*"/y;
    match.lastIndex = start;
    const text = match.exec(this.#text)?.[0];
    if (text === undefined) throw this.#unclosed(start);
    try {
      return { kind: "string", text, value: JSON.parse(text) as string, start };
    } catch (cause) {
      if (!(cause instanceof SyntaxError)) throw cause;
      const token: Token = { kind: "string", text, value: text, start };
      throw this.error(token, "a text in double quotes is written as in JSON, with \\n for a new line and \\\\ for \\");
    }
  }

  #unclosed(start: number): AttuneError {
    const text = this.#text[start]!;
    return this.error(
      { kind: "mark", text, value: text, start },
      "the quote is never closed; a text that holds one stands in the other kind of quotes",
    );
  }
}

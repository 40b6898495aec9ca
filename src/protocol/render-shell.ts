import { AttuneError } from "../errors.ts";
import type { BooleanForm } from "../trial/command-input.ts";
import type { TemplateArgument, TemplatePiece } from "./command-template.ts";
import type { PlaceValue } from "./place-value.ts";
import { quoteWord } from "./shell-quote.ts";
import { type QuoteContext, ShellScanner } from "./shell-scanner.ts";
import { switchFlag } from "./switch-flag.ts";

/** A word of the shell text, or what stands between two words. */
interface Chunk {
  text: string;
  readonly word: boolean;
  /** The boolean in it that is to be a flag, or null. */
  on: boolean | null;
  /** True when a parameter in it is inactive. */
  dropped: boolean;
  /** True when the word begins with a parameter (a quote before it not counted). */
  beginsWithPlace: boolean;
}

/**
 * Puts values into a shell string, each quoted for where it stands: bare, inside double quotes, or inside single quotes.
 * A word that holds an inactive parameter is left out, with the flag before it when it begins with the parameter.
 */
export function renderShell(
  argument: TemplateArgument,
  lookUp: (piece: TemplatePiece) => PlaceValue,
  booleans: BooleanForm = "value",
): string {
  const scanner = new ShellScanner();
  const chunks: Chunk[] = [{ text: "", word: false, on: null, dropped: false, beginsWithPlace: false }];
  const into = (word: boolean): Chunk => {
    const last = chunks[chunks.length - 1]!;
    if (last.word === word) return last;
    const next: Chunk = { text: "", word, on: null, dropped: false, beginsWithPlace: false };
    chunks.push(next);
    return next;
  };
  for (const piece of argument) {
    const value = piece.kind !== "text" && scanner.escaped ? null : lookUp(piece);
    const own = value === null && piece.kind !== "text" ? piece.source : value?.kind === "own" ? value.text : null;
    if (own !== null) {
      for (const char of own) {
        const inWord = scanner.feed(char);
        into(inWord).text += char;
      }
      continue;
    }
    const chunk = into(true);
    if (/^["']?$/.test(chunk.text)) chunk.beginsWithPlace = true;
    scanner.place();
    if (value?.kind === "value" && value.on !== undefined) chunk.on = value.on;
    if (value!.kind === "inactive") chunk.dropped = true;
    else chunk.text += quoteFor(value!, scanner.context, piece);
  }
  return withoutDropped(withSwitchedFlags(chunks, booleans));
}

/** `--flag ${b}` and `--flag=${b}` become the flag alone, its opposite, or nothing. */
function withSwitchedFlags(chunks: readonly Chunk[], booleans: BooleanForm): readonly Chunk[] {
  const kept = [...chunks];
  for (const [index, chunk] of chunks.entries()) {
    if (chunk.on === null) continue;
    const { on } = chunk;
    const text = chunk.text.replace(/^(["'])(.*)\1$/, "$2");
    const flag = chunks[index - 2];
    const behindFlag = text === String(on) && flag !== undefined && isFlagBefore(flag, chunks[index - 1]);
    const joined = new RegExp(`^(--?[\\p{L}][^=\\s]*)=${on}$`, "u").exec(text)?.[1];
    const name = behindFlag ? flag.text : joined;
    if (name === undefined) continue;
    kept[index] = { ...chunk, text: switchFlag(name, on, booleans).join("") };
    if (behindFlag) kept[index - 2] = { ...flag, text: "" };
  }
  return kept;
}

function isFlagBefore(flag: Chunk, gap: Chunk | undefined): boolean {
  return flag.word && /^\s+$/.test(gap?.text ?? "") && /^--?[\p{L}][^=\s]*$/u.test(flag.text);
}

function quoteFor(value: PlaceValue, context: QuoteContext, piece: TemplatePiece): string {
  if (context === "backtick" || context === "here-document") {
    const where =
      context === "backtick"
        ? "inside `backticks`; write $(…) instead"
        : "in a here-document; pass it as an argument or read ATTUNE_PARAMS";
    throw new AttuneError(
      "invalid-argument",
      `\`${piece.kind === "text" ? "" : piece.source}\` stands ${where}: a value cannot be quoted safely there.`,
    );
  }
  if (value.kind === "arguments") {
    if (context === "plain") return value.list.map(quoteWord).join(" ");
    throw new AttuneError(
      "invalid-argument",
      "`${args}` stands inside quotes; write it without: it becomes several words.",
    );
  }
  const text = value.kind === "value" ? value.text : "";
  if (context === "double") return text.replace(/[\\"$`]/gu, "\\$&");
  return context === "single" ? text.replaceAll("'", "'\\''") : quoteWord(text);
}

function withoutDropped(chunks: readonly Chunk[]): string {
  const kept = [...chunks];
  for (const [index, chunk] of chunks.entries()) {
    if (!chunk.dropped) continue;
    kept[index] = { ...chunk, text: "" };
    const flag = chunks[index - 2];
    if (chunk.beginsWithPlace && flag !== undefined && isFlagBefore(flag, chunks[index - 1])) {
      kept[index - 2] = { ...flag, text: "" };
    }
  }
  return kept.map((chunk) => chunk.text).join("");
}

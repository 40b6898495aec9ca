import { AttuneError } from "../errors.ts";
import type { TemplateArgument, TemplatePiece } from "./command-template.ts";
import type { PlaceValue } from "./render-command.ts";
import { quoteWord } from "./shell-quote.ts";
import { type QuoteContext, ShellScanner } from "./shell-scanner.ts";

/** A word of the shell text, or what stands between two words. */
interface Chunk {
  text: string;
  readonly word: boolean;
  /** True when a parameter in it is inactive. */
  dropped: boolean;
  /** True when the word begins with a parameter (a quote before it not counted). */
  beginsWithPlace: boolean;
}

/**
 * Puts values into a shell string, each quoted for where it stands: bare, inside double quotes, or inside single quotes.
 * A word that holds an inactive parameter is left out, with the flag before it when it begins with the parameter.
 */
export function renderShell(argument: TemplateArgument, lookUp: (piece: TemplatePiece) => PlaceValue): string {
  const scanner = new ShellScanner();
  const chunks: Chunk[] = [{ text: "", word: false, dropped: false, beginsWithPlace: false }];
  const into = (word: boolean): Chunk => {
    const last = chunks[chunks.length - 1]!;
    if (last.word === word) return last;
    const next: Chunk = { text: "", word, dropped: false, beginsWithPlace: false };
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
    if (value!.kind === "inactive") chunk.dropped = true;
    else chunk.text += quoteFor(value!, scanner.context, piece);
  }
  return withoutDropped(chunks);
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
    const gap = chunks[index - 1];
    if (
      chunk.beginsWithPlace &&
      flag?.word &&
      /^\s+$/.test(gap?.text ?? "") &&
      /^--?[\p{L}][^=\s]*$/u.test(flag.text)
    ) {
      kept[index - 2] = { ...flag, text: "" };
    }
  }
  return kept.map((chunk) => chunk.text).join("");
}

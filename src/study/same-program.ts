import { type ParsedCommand, readCommandTemplate, type TemplatePiece } from "../protocol/index.ts";
import type { CommandTemplate } from "../trial/study-definition.ts";

/** Stands for a parameter in a word; no argument can hold it. */
const MARK = "\u0000";

/**
 * True when two commands run the same program: declarations count by their name alone, and the words that hand over a parameter
 * which only one of them knows (with the option before it, `--dropout ${dropout}`) do not count.
 */
export function isSameProgram(before: CommandTemplate | null, after: CommandTemplate | null): boolean {
  if (before === null || after === null) return before === after;
  const [old, now] = [readCommandTemplate(before), readCommandTemplate(after)];
  if (old.form !== now.form || inputKey(old) !== inputKey(now)) return false;
  const [oldWords, newWords] = [wordsOf(old), wordsOf(now)];
  const [oldNames, newNames] = [namesIn(oldWords), namesIn(newWords)];
  const without = (words: readonly string[], known: ReadonlySet<string>): string => {
    const isForeign = (word: string | undefined): boolean =>
      word !== undefined && [...namesIn([word])].some((name) => !known.has(name));
    const isOption = (word: string): boolean => word.startsWith("-") && !word.includes(MARK);
    return JSON.stringify(words.filter((word, i) => !isForeign(word) && !(isOption(word) && isForeign(words[i + 1]))));
  };
  return without(oldWords, newNames) === without(newWords, oldNames);
}

function inputKey({ input }: ParsedCommand): string {
  return JSON.stringify(Object.entries(input).sort());
}

function pieceText(piece: TemplatePiece): string {
  if (piece.kind === "text") return piece.text;
  return piece.kind === "file" ? piece.source : `${MARK}${piece.name}${MARK}`;
}

/** Words with parameters marked; a shell's text is cut at blanks. */
function wordsOf({ form, arguments: list }: ParsedCommand): readonly string[] {
  const words = list.map((pieces) => pieces.map(pieceText).join(""));
  return form === "argv" ? words : words.flatMap((text) => text.split(/\s+/u).filter((word) => word !== ""));
}

function namesIn(words: readonly string[]): ReadonlySet<string> {
  return new Set(words.flatMap((word) => word.split(MARK).filter((_, i) => i % 2 === 1)));
}

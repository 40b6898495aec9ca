import type { ParsedCommand, TemplateArgument, TemplatePiece } from "./command-template.ts";
import { OTHER_PLACE, type PlaceRole, placeRole } from "./place-role.ts";
import { ShellScanner } from "./shell-scanner.ts";

/** A word as its program gets it, with the places in it by their offsets. */
interface Word {
  text: string;
  readonly places: Map<TemplatePiece, number>;
}

/** The role of each place of a command; the program itself is none, it only has its name. */
export function placeRoles({ form, arguments: list }: ParsedCommand): ReadonlyMap<TemplatePiece, PlaceRole> {
  const words = form === "shell" ? shellWords(list[0]!) : list.slice(1).map(wordOf);
  const roles = new Map<TemplatePiece, PlaceRole>();
  for (const { text, places } of words) {
    for (const [piece, at] of places) roles.set(piece, placeRole(text.slice(0, at), text.slice(at + 1)));
  }
  return roles;
}

function wordOf(argument: TemplateArgument): Word {
  const word: Word = { text: "", places: new Map() };
  for (const piece of argument) {
    if (piece.kind !== "text") word.places.set(piece, word.text.length);
    word.text += piece.kind === "text" ? piece.text : OTHER_PLACE;
  }
  return word;
}

/** The words of a shell's text without the shell's own quotes. */
function shellWords(argument: TemplateArgument): readonly Word[] {
  const scanner = new ShellScanner();
  const words: Word[] = [{ text: "", places: new Map() }];
  for (const piece of argument) {
    if (piece.kind !== "text" && !scanner.escaped) {
      scanner.place();
      words.at(-1)!.places.set(piece, words.at(-1)!.text.length);
      words.at(-1)!.text += OTHER_PLACE;
      continue;
    }
    for (const char of piece.kind === "text" ? piece.text : piece.source) {
      const { context, escaped } = scanner;
      if (!scanner.feed(char)) {
        if (words.at(-1)!.text !== "") words.push({ text: "", places: new Map() });
      } else if (escaped || !(scanner.escaped || scanner.context !== context)) words.at(-1)!.text += char;
    }
  }
  return words;
}

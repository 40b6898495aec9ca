import { NUMBER } from "../space/number-text.ts";
import type { CommandTemplate } from "../trial/study-definition.ts";
import { findDeclaration } from "./declaration-text.ts";

/** Braces in a command that look like a declaration and are none. */
export interface NearDeclaration {
  /** As the user wrote it, `{k: fast,slow}`. */
  readonly source: string;
  /** The declaration that was probably meant, `{k: fast | slow}`. */
  readonly meant: string;
}

const NAME = String.raw`[\p{L}_][\p{L}\p{N}_.-]*`;
const WORD = String.raw`(?:[\p{L}\p{N}_+-][\p{L}\p{N}_.+-]*|'[^'{},;/]*'|"[^"{},;/]*")`;
const BETWEEN = String.raw`(?:\s*[,;/]\s*|\s+or\s+)`;
const SPREAD = String.raw`(?:\s+(?:log|logit|fidelity|step\s+${NUMBER}))*`;
const RANGE = String.raw`${NUMBER}\s*\.\.\s*${NUMBER}${SPREAD}`;
const CHOICES = String.raw`${WORD}(?:\s*\|\s*${WORD})+`;

/** `{k: a,b}`, `{k: [a, b]}`, `{k: a or b}`: choices without `|`. */
const LISTED = new RegExp(String.raw`^\{(${NAME}):\s*[[(]?\s*(${WORD}(?:${BETWEEN}${WORD})+)\s*[\])]?\s*\}`, "u");
/** `{lr: 0…1}`, `{lr: 0 -> 1 log}`: a range without its two dots. */
const DASHED = new RegExp(
  String.raw`^\{(${NAME}):\s*(${NUMBER})\s*(?:…|~|-+>|→|—|\band\b)\s*(${NUMBER}${SPREAD})\s*\}`,
  "u",
);
/** `{lr=0..1}`, `{k=a|b}`, `{lr 0..1 log}`, `{lr, 0..1}`: without the colon. */
const UNNAMED = new RegExp(
  String.raw`^\{(${NAME})(?:\s*=\s*(${RANGE}|${CHOICES})|(?:\s*,\s*|\s+)(${RANGE}))\s*\}`,
  "u",
);

/** What in a command looks like a declaration and is passed on as it is, in order, each once. */
export function nearDeclarations(command: CommandTemplate): readonly NearDeclaration[] {
  const texts = "shell" in command ? [command.shell] : command.argv;
  const found = new Map<string, NearDeclaration>();
  for (const text of texts) {
    for (let at = text.indexOf("{"); at >= 0; at = text.indexOf("{", at + 1)) {
      if (/[${]/.test(text[at - 1] ?? "") || text[at + 1] === "{") continue;
      const near = nearDeclaration(text.slice(at));
      if (near !== null && findDeclaration(text, at) === null) found.set(near.source, near);
    }
  }
  return [...found.values()];
}

function nearDeclaration(text: string): NearDeclaration | null {
  const listed = LISTED.exec(text);
  if (listed !== null) {
    const words = listed[2]!.split(new RegExp(BETWEEN, "u"));
    return { source: listed[0], meant: `{${listed[1]}: ${words.join(" | ")}}` };
  }
  const dashed = DASHED.exec(text);
  if (dashed !== null) return { source: dashed[0], meant: `{${dashed[1]}: ${dashed[2]}..${dashed[3]}}` };
  const unnamed = UNNAMED.exec(text);
  if (unnamed === null) return null;
  return { source: unnamed[0], meant: `{${unnamed[1]}: ${unnamed[2] ?? unnamed[3]}}` };
}

import type { HelpEntry } from "./split-help.ts";

/** `(none, seg, tantan=default)`, `(fasta/fastq)`. */
const LIST = /\(([A-Za-z][\w.-]*(?:=default)?(?:\s*[/,]\s*[A-Za-z][\w.-]*(?:=default)?)+)\)$/;

/** Whether a program names no value of any option, though some have defaults that are numbers. */
export function namesNoValues(entries: readonly HelpEntry[]): boolean {
  const unnamed = entries.filter(({ metavar }) => metavar === null);
  const numbers = unnamed.filter(({ description }) => /\bdefaults?\s*[=:,]?\s*-?\.?\d/i.test(description));
  return numbers.length >= 3 && entries.length - unnamed.length <= entries.length / 10;
}

/** An option of such a program, with a name for its value where the description shows that it has one; else it is a flag. */
export function withUnnamedValue(entry: HelpEntry): HelpEntry {
  const { metavar, negatable, description } = entry;
  if (metavar !== null || negatable || entry.flags.some((flag) => flag.startsWith("--no-"))) return entry;
  const words = LIST.exec(description)?.[1]?.split(/\s*[/,]\s*/) ?? [];
  if (words.length > 1) {
    const plain = words.map((word) => word.replace(/=default$/, ""));
    const chosen = words.find((word) => word.endsWith("=default"))?.replace(/=default$/, "");
    const said = chosen === undefined ? description : `${description} (default: ${chosen})`;
    return { ...entry, metavar: `{${plain.join(",")}}`, description: said };
  }
  const named = valueName(description);
  return named === null ? entry : { ...entry, metavar: named };
}

function valueName(description: string): string | null {
  if (/\(\d+\s*[=/-]\s*\w/.test(description)) return "NUM";
  if (/^(?:the\s+)?(?:minimum|maximum|min|max|number\s+of)\b/i.test(description))
    return /%|\bpercent/.test(description) ? "FLOAT" : "value";
  if (
    /^(?:include|report|suppress|ignore|enable|disable|keep|do|don't|show|print|skip|only|delete)\b/i.test(description)
  )
    return null;
  if (/\b(?:files?|filenames?|director(?:y|ies)|folder|path|list of)\b/i.test(description)) return "file";
  // Of what kind it is nobody says.
  return /\(default\s*[=:]|\b(?:penalty|percentage|percent|code)\b/i.test(description) ? "text" : null;
}

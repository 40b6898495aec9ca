import { type HelpHead, readHelpHead } from "./help-head.ts";
import { type DescriptionLine, type ListedValue, listedValues } from "./listed-values.ts";
import { usualLine } from "./usual-line.ts";

/** An option of a help text with its whole description on one line. */
export interface HelpEntry extends HelpHead {
  readonly description: string;
  /** The values that it lists on lines of their own. */
  readonly listed: readonly ListedValue[];
  /** What the heading above says of all its options: `only when d = 1`; null for nothing. */
  readonly condition: string | null;
}

const OPTION_LINE = /^\s*--?[[A-Za-z0-9#?]/;

/**
 * Finds the options in a help text as argparse, click, typer, absl, commander, clap and getopt programs print them. A line that
 * begins with a flag is an option unless it stands where the description before it stands.
 */
export function splitHelp(text: string): readonly HelpEntry[] {
  const entries: HelpEntry[] = [];
  let current: Draft | null = null;
  let blank = false;
  let condition: string | null = null;
  const close = (): void => {
    if (current !== null) entries.push(entryOf(current, condition));
    current = null;
  };
  for (const raw of plain(text).split("\n")) {
    const line = usualLine(
      raw
        .replaceAll("\t", "        ")
        .replace(/^\s*[│┃|]/u, " ")
        .replace(/\s*[│┃]\s*$/u, ""),
    );
    if (line.trim() === "") {
      blank = true;
      continue;
    }
    const indent = line.length - line.trimStart().length;
    const inDescription: boolean = current !== null && continues(current, indent, blank);
    const head: HelpHead | null = !inDescription && OPTION_LINE.test(line) ? readHelpHead(line) : null;
    if (head !== null) {
      close();
      current = {
        head,
        indent,
        column: head.rest === "" ? null : head.restColumn,
        lines: [{ indent: head.restColumn, text: head.rest }],
      };
    } else if (current !== null && (inDescription || (indent > current.indent && !blank && !OPTION_LINE.test(line)))) {
      current.column ??= indent;
      current.lines.push({ indent, text: line.trim() });
    } else {
      close();
      condition = /\((only [^()]*)\)\s*:?\s*$/i.exec(line)?.[1] ?? null;
    }
    blank = false;
  }
  close();
  return entries;
}

interface Draft {
  readonly head: HelpHead;
  readonly indent: number;
  /** Where its description stands; null while it has none. */
  column: number | null;
  readonly lines: DescriptionLine[];
}

function entryOf({ head, lines }: Draft, condition: string | null): HelpEntry {
  const description = lines.map(({ text }) => text).join(" ");
  return {
    ...head,
    description: description.replace(/\s+/g, " ").trim(),
    listed: listedValues(lines.slice(1)),
    condition,
  };
}

/** A line as far in as the description belongs to it; behind a blank line only where descriptions stand below their heads (clap). */
function continues({ column, head, indent: own }: Draft, indent: number, blank: boolean): boolean {
  if (column === null) return indent >= own + 8;
  // A further paragraph stands in the column of the first.
  if (blank && head.rest !== "") return indent === column && column >= own + 4;
  return indent >= Math.min(column, own + 24) && indent > own + 1;
}

/** Without colours and without overstrikes of manual pages. */
function plain(text: string): string {
  return text
    .replace(/\u001b\[[0-9;?]*[A-Za-z]/g, "")
    .replace(/.\u0008/g, "")
    .replaceAll("\r", "");
}

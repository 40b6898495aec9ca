/** A value in a list below an option, what it means, and whether it is marked as the default. */
export interface ListedValue {
  readonly value: string;
  readonly meaning: string;
  readonly isDefault: boolean;
}

/** A line of a description: how far in it stands, and its text. */
export interface DescriptionLine {
  readonly indent: number;
  readonly text: string;
}

/** `C: Cosine distance`, `0 or nw : none`, `adam - Adam`, `adam   Adam`. */
const ITEM = /^(["'`]?)([\w+-]*[A-Za-z0-9][\w.+-]*)\1(?:\s+or\s+[\w.+-]+)?(\s*[:=–]\s+|\s+--?\s+|\s{2,})(\S.*)$/;
/** What begins a remark. */
const REMARK =
  /^(?:notes?|n\.?b\.?|examples?|e\.g\.?|i\.e\.?|default|defaults|formats?|warning|see|usage|hint|tip|where|types?|required|caution|important|available|values?|options?)$/i;

/** The values that an option lists on lines of their own below it, at least two at one indent; empty when it lists none. */
export function listedValues(lines: readonly DescriptionLine[]): readonly ListedValue[] {
  let best: readonly ListedValue[] = [];
  for (const [at, { indent }] of lines.entries()) {
    const run = runFrom(lines.slice(at), indent);
    if (run.length > best.length) best = run;
  }
  return best.length < 2 || new Set(best.map(({ value }) => value)).size < best.length ? [] : best;
}

function runFrom(lines: readonly DescriptionLine[], indent: number): readonly ListedValue[] {
  const run: ListedValue[] = [];
  let column: number | null = null;
  for (const line of lines) {
    if (line.indent > indent) continue;
    const item = line.indent === indent ? ITEM.exec(line.text) : null;
    if (item === null) {
      // `ED:a  : with a factor` is of the list, and no word.
      if (line.indent === indent && /^\S+\s+:\s/.test(line.text)) continue;
      break;
    }
    const [, , value, mark, text] = item;
    const start = item[0].length - text!.length;
    if (REMARK.test(value!) || (/^\s+$/.test(mark!) && column !== null && column !== start)) break;
    column = start;
    const isDefault = /[[(]\s*default\s*[\])]/i.test(text!);
    run.push({ value: value!, meaning: text!.replace(/\s*[[(]\s*default\s*[\])]/i, "").trim(), isDefault });
  }
  return run;
}

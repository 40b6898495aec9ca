import { DATA_PARTS } from "./data-part.ts";

const WHAT =
  "results?|errors?|metrics?|evaluation|evaluating|performance|scores?|summary|reported|stat(?:istic)?s|set|data|split|phase";
const HEADING = new RegExp(
  `^[\\s=*#~>_-]*(?:(?:${WHAT}|stratified|final|model)\\s+){0,2}(?:(?:on|for|of|the)\\s+){0,2}(${DATA_PARTS})(?:[\\s-]+(?:${WHAT})){0,2}[\\s.:=*#~<_-]*$`,
  "i",
);

/** What headings end with; a blank may follow. */
const END: ReadonlySet<number> = new Set(Buffer.from(":=*#-.~< "));
const MAX_LENGTH = 120;
const BYTES = new RegExp(DATA_PARTS, "i");

/** False for bytes of a line that is surely no heading, seen without decoding them. */
export function mayHead(line: Buffer): boolean {
  return line.length <= MAX_LENGTH && END.has(line.at(-1) ?? 0) && BYTES.test(line.toString("latin1"));
}

/** The part of the data that a line alone names for those below it: `Validation:`, `=== Error on test split ===`; else null. */
export function headingPart(line: string): string | null {
  if (line.length > MAX_LENGTH || !/[:=*#]|--/.test(line)) return null;
  return HEADING.exec(line)?.[1]?.toLowerCase() ?? null;
}

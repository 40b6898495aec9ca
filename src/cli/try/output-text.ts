import { plainText } from "../../protocol/read-metric-line.ts";

/** Of a long output the beginning and the end are looked through for names. */
const HEAD = 262_144;
const TAIL = 786_432;
/** Of a longer line the end. */
const MAX_LINE = 4_096;

/**
 * The lines of an output as a reader sees them, in order: without colours and blanks at the end; a line painted over with
 * carriage returns is one line for each painting. Of more than a megabyte only the beginning and the end.
 */
export function outputText(output: Buffer): readonly string[] {
  const parts = output.length <= HEAD + TAIL ? [output] : [output.subarray(0, HEAD), output.subarray(-TAIL)];
  return parts.flatMap((part) =>
    plainText(part.toString("utf8"))
      .split(/[\r\n]+/)
      .map((line) => line.slice(-MAX_LINE).trimEnd()),
  );
}

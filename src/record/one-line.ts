/** A text on one line: line breaks, with the blanks about them, and tabs become a blank each. */
export function oneLine(text: string): string {
  if (!/[\t\r\n]/.test(text)) return text;
  // A run of blanks is looked at once: to look for a line break from each of its blanks takes the square of its length.
  return text.replace(/\s+/g, (run) => (/[\r\n]/.test(run) ? " " : run.replaceAll("\t", " ")));
}

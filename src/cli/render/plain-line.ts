/** Escape sequences of terminals: colours, cursor moves, titles. */
const ESCAPES = /\u001b(?:\[[\d;?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[@-Z\\-_])/g;

/** A text of a program on one line: line breaks and tabs as blanks, escape sequences and other control characters left out. */
export function plainLine(text: string): string {
  return text
    .replace(ESCAPES, "")
    .replace(/\s*[\r\n]+\s*|\t/g, " ")
    .replace(/[\u0000-\u001f\u007f-\u009f]/g, "");
}

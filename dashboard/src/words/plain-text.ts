/** What a program printed, without what only a terminal obeys (ECMA-48); of a line that was written over, the last writing. */
export function plainText(text: string): string {
  return text
    .replace(/\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)|[@-Z\\-_])/g, "")
    .replace(/\r\n/g, "\n")
    .replace(/^.*\r(?!\n)(?=[^\n])/gm, "")
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, "");
}

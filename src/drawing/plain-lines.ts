/** Text as it can be set: lines end in one way, what moves a cursor and what colours a terminal is left out. */
export function plainLines(text: string): string {
  return text
    .replace(/\r\n?/g, "\n")
    .replaceAll("\t", "    ")
    .replace(/\p{Cc}\[[\d;?]*[A-Za-z]/gu, "")
    .replace(/[^\P{Cc}\n]/gu, "");
}

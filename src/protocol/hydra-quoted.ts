/** A text as it stands between Hydra's quotes: there a backslash means something only before a quote. */
export function hydraQuoted(text: string, quote: "'" | '"'): string {
  // Runs are taken whole: a search that tries each backslash as the beginning of one takes the square of their number.
  return text.replace(/\\+|["']/g, (found, at: number) => {
    if (found === quote) return `\\${quote}`;
    const end = at + found.length;
    return found[0] === "\\" && (end === text.length || text[end] === quote) ? found + found : found;
  });
}

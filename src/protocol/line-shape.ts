const NUMBERS = /[-+]?(?:\d(?:[\d.,_]*\d)?(?:e[-+]?\d+)?|\bnan\b|\binf(?:inity)?\b)%?/gi;
/** Longer lines are alike where their beginnings are. */
const MOST = 300;

/** What lines have in common that differ in their numbers alone. */
export function lineShape(line: string): string {
  return line.slice(0, MOST).replace(NUMBERS, "#").replace(/\s+/g, " ");
}

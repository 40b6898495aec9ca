/** A colour and how much it covers. */
export interface Colour {
  readonly hex: string;
  /** From 0 to 1. */
  readonly opacity: number;
}

const NAMED: Readonly<Record<string, string>> = { white: "#ffffff", black: "#000000" };

/**
 * A colour as CSS has it; null for none.
 *
 * @throws Error for what is none.
 */
export function readColour(text: string): Colour | null {
  const word = text.trim().toLowerCase();
  if (word === "none" || word === "transparent") return null;
  const named = NAMED[word] ?? word;
  const short = /^#([\da-f])([\da-f])([\da-f])$/.exec(named);
  if (short !== null)
    return {
      hex: `#${short
        .slice(1)
        .map((digit) => digit + digit)
        .join("")}`,
      opacity: 1,
    };
  if (/^#[\da-f]{6}$/.test(named)) return { hex: named, opacity: 1 };
  const parts = /^rgba?\(([^)]+)\)$/.exec(named)?.[1]?.split(",").map(Number) ?? [];
  if (parts.length < 3 || parts.some(Number.isNaN)) throw new Error(`"${text}" is no colour that can be read`);
  const hex = parts.slice(0, 3).map((part) => Math.round(part).toString(16).padStart(2, "0"));
  return { hex: `#${hex.join("")}`, opacity: parts[3] ?? 1 };
}

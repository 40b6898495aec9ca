/** Where a place stands in its argument: a value of its own, inside quotes, or a part of a longer text. */
export type PlaceRole = "value" | "double" | "single" | "part";

/** Another place in the text around a place. */
export const OTHER_PLACE = "\u0001";

/** `--lr=`, `lr=`, `+model.lr=`. */
const HEAD = /^(?:--?|\+{1,2}|~)?[\p{L}\p{N}_\u0001][\p{L}\p{N}_.@/:\u0001-]*=/u;

/**
 * What a value at a place is to the program that reads the argument.
 *
 * @param before - the argument up to the place, `after` what follows; both as the program gets them.
 * @example
 * placeRole("--lr=", ""); // "value"
 * placeRole("sizes=[", ",3]"); // "value"
 * placeRole("name='", "'"); // "single"
 * placeRole("--out=runs/", ""); // "part"
 */
export function placeRole(before: string, after: string): PlaceRole {
  const text = before.replace(HEAD, "");
  const quote = openQuote(text);
  if (quote !== null && after.includes(quote)) return quote === '"' ? "double" : "single";
  if (text === "" && after === "") return "value";
  const begins = /^$|[[{(,]\s*$/.test(text) || (text.includes("{") && /[:=]\s*$/.test(text));
  const ends = /^\s*(?:$|[\]}),])/.test(after) || (text.includes("{") && /^\s*[:=]/.test(after));
  return begins && ends ? "value" : "part";
}

/** The quote that is open at the end of a text; one within a word, as in `it's`, opens none. */
function openQuote(text: string): '"' | "'" | null {
  let open: '"' | "'" | null = null;
  for (let at = 0; at < text.length; at++) {
    const char = text[at]!;
    if (open !== null && char === "\\") at++;
    else if (char === open) open = null;
    else if (open === null && (char === '"' || char === "'") && /^$|[\s[{(,:=]/.test(text[at - 1] ?? "")) open = char;
  }
  return open;
}

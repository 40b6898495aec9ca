const WORD = String.raw`["'\x60]?[A-Za-z0-9][\w.+-]*\w["'\x60]?|["'\x60]?\w["'\x60]?`;
const OR = new RegExp(String.raw`(?:${WORD})(?:,\s*(?:${WORD}))*,?\s+or\s+(?:${WORD})(?![\w-])`, "g");
const COMMAS = new RegExp(String.raw`(?:${WORD})(?:,\s*(?:${WORD}))+(?![\w-])`, "g");
const SIGNS = new RegExp(String.raw`(?:${WORD})(?:\s*\|\s*(?:${WORD}))+|(?:${WORD})(?:/(?:${WORD}))+`, "g");
/** What announces a list, so that it needs no default among its words. */
const ANNOUNCED =
  /(?:\bone of|\beither|\bchoose (?:from|between)|\bchoices(?: are)?|\b(?:allowed|possible|valid|available|supported)(?: \w+)?(?: are)?|\boptions(?: are)?)\s*:?\s*[[({]?\s*$/i;

/** A list begins a phrase; `no sorting, or a key` is none of `sorting`. */
const BEGINS = /(?:^|[:;.,([{=]|\b(?:or|be|is|are|of|either|between|from|use|using|as|the))\s*$/i;
const PROSE = /^(?:an|the|this|that|it|its|not)$/;

/**
 * The words that a sentence lists as the values of an option: `one of a, b or c`; without such words in front, only where the
 * default is among them. Empty when it lists none.
 */
export function listedChoices(description: string, value: string | null): readonly string[] {
  if (value !== null && Number.isFinite(Number(value))) return [];
  // Blanks are one each, so that what may stand between two words has one way to be read.
  const said = description
    .replace(/\s+/g, " ")
    .replace(/[[(]\s*defaults?(?:\s+value)?(?:\s+is|\s+to|\s*[:=]|\s)[^()[\]]*[)\]]/gi, " ");
  if (/\b(?:list|comma|separated)\b/i.test(said)) return [];
  for (const pattern of [OR, SIGNS, COMMAS]) {
    for (const match of said.matchAll(pattern)) {
      const words = match[0].split(/\s*(?:,\s*or\s+|\s+or\s+|[,|/])\s*/).map((word) => word.replace(/["'`]/g, ""));
      const before = said.slice(0, match.index);
      const isAnnounced = ANNOUNCED.test(before);
      const isWhole = new Set(words).size === words.length && words.every((word) => /[A-Za-z]/.test(word));
      if (!isWhole || words.length > 30 || words.some((word) => PROSE.test(word))) continue;
      if (!isAnnounced && !BEGINS.test(before)) continue;
      // Commas part clauses as well.
      if (pattern === COMMAS && !isAnnounced && !/[:([{]\s*$/.test(before)) continue;
      if (value === null ? isAnnounced : words.includes(value)) return words;
    }
  }
  return [];
}

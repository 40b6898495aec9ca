const SOURCES = [
  "train(?:ing)?",
  "val(?:id(?:ation)?)?",
  "test(?:ing)?",
  "eval(?:uation)?",
  "dev(?:elopment)?",
  "hold-?out",
  "oob",
  "cv|cross[- ]validation",
] as const;
const WHOLE = SOURCES.map((source) => new RegExp(`^(?:${source})$`, "i"));

/** Source of a pattern for the words of a part of the data: `train`, `validation`, `test` and their kind. */
export const DATA_PARTS: string = SOURCES.join("|");

/** A number for each part of the data, the same for all its words (`val`, `validation`); -1 for any other word. */
export function dataPart(word: string): number {
  return WHOLE.findIndex((pattern) => pattern.test(word));
}

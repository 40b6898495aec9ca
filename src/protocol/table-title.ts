import { dataPart } from "./data-part.ts";

const MAX_LENGTH = 80;
const DECORATION = /^[\s=*#~>_-]{2,}|[\s=*#~<_-]{2,}$/g;
/** What says that a table follows, and not of what. */
const GENERIC =
  /\b(?:evaluat(?:ion|ing)|results?|metrics?|performance|scores?|summary|report|table|statistics|stats|final|here|are|is|of|for|on|the|iou|metric|task|dataset|class)\b/gi;
/** Lines of a log, and titles that count. */
const OTHER =
  /\d|\b(?:epoch|step|iter\w*|round|fold|batch|trial|run|seed|sav\w+|load\w*|best|done|ok|took|time|warning|error)\b/i;
const STATE = /(?:ed|ing)$/i;

/** What a line right above a table says that the table is of: `bbox` in `Evaluation results for bbox:`; null for other lines. */
export function tableTitle(line: string): string | null {
  if (line.length > MAX_LENGTH) return null;
  const text = line.trim();
  const bare = text.replace(DECORATION, "").trim();
  const isTitle = bare.endsWith(":") || bare !== text || /^\p{L}[\w-]*(?:(?:\s[\w-]+)?:\s[\w-]+)?$/u.test(text);
  if (!isTitle || OTHER.test(bare) || !/^[\p{L}\s:_/-]+$/u.test(bare)) return null;
  const words = bare
    .replace(GENERIC, " ")
    .replace(/:/g, " ")
    .split(/\s+/)
    .filter((word) => word !== "");
  const isState = words.length === 1 && STATE.test(words[0]!) && dataPart(words[0]!) < 0;
  return words.length === 0 || words.length > 4 || isState ? null : words.join(" ").toLowerCase();
}

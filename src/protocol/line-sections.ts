import { DATA_PARTS } from "./data-part.ts";

/** What the words from one place of a line on speak of. */
export interface LineSection {
  readonly from: number;
  readonly end: number;
  /** `train`, `val`, `test` …, or `best`. */
  readonly part: string;
  /** Whether it is the best so far, and no part of the data. */
  readonly best: boolean;
}

const MARK = new RegExp(`\\b(?:(${DATA_PARTS})|(best|lowest|highest|previous|prev))\\b(?![/.])`, "gi");
/** What a word that is part of a longer name or path stands behind. */
const CONTINUED = /[\p{L}\p{N}_./@-]/u;
const NO_NUMBER = "(?!\\s{0,8}(?:[-+−]?\\.?\\d|nan\\b|-?inf))";
/** What stands behind a word that heads what follows: `train: loss=0.5`, `Valid - loss 0.6`, `Test: [3/48] Loss`, `Train Epoch: 1`. */
const DATA_HEAD = new RegExp(
  `["'\`]?(?:[ -](?:set|data|split|phase|subset|results?|metrics?|stats|scores?|errors?|summary)\\b)?(?:\\s?[\\])>]\\s?:?|\\s{0,3}(?::|\\||[-–—](?=\\s)|=>|->|>)${NO_NUMBER}|(?::?\\s{0,3}\\d{0,9})?\\s{0,3}\\[(?=\\s{0,5}\\d)|\\s(?:epoch|step|iter(?:ation)?|batch)\\b|\\s[\\p{L} ]{1,30}\\s(?:epoch|step|iter(?:ation)?)\\s\\d{1,12}\\s{0,3}[|│])`,
  "iuy",
);
const BEST_HEAD = new RegExp(
  `\\s(?:is|was|so|model|trial|epoch|iteration|iter|step|round|run|results?|checkpoint|at|from|found|weights|score|metrics)\\b|\\s#?\\d|["'\`]?\\s?[-–—:|>\\]]${NO_NUMBER}`,
  "iuy",
);
const OPEN = "([{<";
const CLOSE = ")]}>";
/** How far a bracket's end is looked for. */
const MAX_BRACKET = 400;

/** The words of a line that say which part of the data, or that the best so far, follows; in order. */
export function lineSections(line: string): readonly LineSection[] {
  const found: LineSection[] = [];
  for (const match of line.matchAll(MARK)) {
    const end = match.index + match[0].length;
    if (CONTINUED.test(line[match.index - 1] ?? " ")) continue;
    const best = match[1] === undefined;
    const head = best ? BEST_HEAD : DATA_HEAD;
    head.lastIndex = end;
    if (!head.test(line)) continue;
    const text = line.slice(end, head.lastIndex);
    found.push({
      from: end,
      end: endOf(line, match.index, end, text, best),
      part: best ? "best" : match[1]!.toLowerCase(),
      best,
    });
  }
  return found;
}

/** The innermost section that holds for this place, or null. */
export function sectionAt(sections: readonly LineSection[], at: number): LineSection | null {
  let [low, high] = [0, sections.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sections[middle]!.from <= at) low = middle + 1;
    else high = middle;
  }
  return sections.slice(Math.max(0, low - 3), low).findLast(({ end }) => at < end) ?? null;
}

/** Of a section in brackets, or of brackets behind its word, their end; of the best also the next bar or semicolon. */
function endOf(line: string, at: number, end: number, head: string, best: boolean): number {
  const around = OPEN.indexOf(line[at - 1] ?? " ");
  const closed = /[\])>]\s?:?$/.test(head);
  const behind = OPEN.indexOf(line.slice(end + head.length).trimStart()[0] ?? " ");
  const part = line.slice(end, end + MAX_BRACKET);
  const ends = [
    around >= 0 && !closed ? part.indexOf(CLOSE[around]!) : -1,
    around < 0 && behind >= 0 && !best ? part.indexOf(CLOSE[behind]!, head.length) : -1,
    best ? part.search(/[;|]/) : -1,
  ].filter((one) => one >= 0);
  return ends.length === 0 ? Number.POSITIVE_INFINITY : end + Math.min(...ends);
}

/** Names of a step, the finest first. */
export const STEP_KEYS: readonly string[] = [
  "step",
  "global_step",
  "iter",
  "iteration",
  "training_iteration",
  "round",
  "episode",
  "generation",
  "epoch",
];

/** Those that head the lines below them. */
const NAMES = "step|global_step|iter|iteration|round|episode|generation|epoch";
const STEP = new RegExp(
  `(?<![\\p{L}\\p{N}_.-])(?:(${NAMES}|training_iteration)["']?\\]?(?:\\([a-z]{1,8}\\))?\\s{0,40}[=:#]?\\s{0,40}|(it)\\s?=\\s{0,40})\\[?(\\d{1,15})(?:\\.0*)?(?![\\p{L}\\p{N}_]|\\.\\d)`,
  "giu",
);
/** `2epoch results:` (ESPnet). */
const GLUED = /(?<![\p{L}\p{N}_./-])(\d{1,9})epoch(?!\p{L})/iu;
/** `[10]	test-rmse:0.31` (boosting), `10:	test: 0.31` (CatBoost), `writer.py:48] [100] loss=0.31` (CLU). */
const LEADING =
  /(?:^|\]\s)\s{0,8}(?:\[(\d{1,12})\]|(?<=^\s{0,8})(\d{1,12}):)\s{1,8}(?=[\p{L}_][\p{L}\p{N}_.'@-]{0,60}(?:\s[\p{L}\p{N}_@-]{1,30})?\s?[=:])/u;
const HEADING = new RegExp(
  `^[^\\p{L}\\p{N}]{0,12}(?:\\w{1,12}:\\s{1,8}|(?:train(?:ing)?|val(?:id(?:ation)?)?|test(?:ing)?|eval(?:uation)?)\\s)?(?:${NAMES})(?![\\p{L}_])`,
  "iu",
);

/** The finest step named on the line: step before iter before epoch; else the number a boosting log begins with; or null. */
export function readStep(line: string): number | null {
  let best: { readonly rank: number; readonly step: number } | null = null;
  for (const match of line.matchAll(STEP)) {
    const rank = match[1] === undefined ? 0 : STEP_KEYS.indexOf(match[1].toLowerCase());
    if (best === null || rank <= best.rank) best = { rank, step: Number(match[3]) };
  }
  if (best !== null) return best.step;
  const leading = LEADING.exec(line);
  const step = leading === null ? GLUED.exec(line)?.[1] : (leading[1] ?? leading[2]);
  return step === undefined ? null : Number(step);
}

/** The step of a line that heads those below it, such as `Epoch 3/10`; null for any other line. */
export function readHeadingStep(line: string): number | null {
  return line.length <= 200 && HEADING.test(line) ? readStep(line) : null;
}

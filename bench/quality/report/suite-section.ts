import { markdownTable } from "./markdown-table.ts";
import { type PairScore, SHARES, type SuiteScore } from "./score-suite.ts";

export interface SectionOptions {
  /** Methods whose times are not from this machine. */
  readonly foreign: ReadonlySet<string>;
  /** Path of the curves, from the page; null for none. */
  readonly curves: string | null;
  readonly heading: string;
  /** Sentences. */
  readonly description: string;
  readonly subject: string;
}

/** The part of the page that tells about one suite, in Markdown. */
export function suiteSection(score: SuiteScore, options: SectionOptions): string {
  const { suite, methods, incomplete } = score;
  return [
    options.heading,
    `${options.description} Numbers are the ${suite.scoring.loss.name} (less is better) [95 % interval over seeds] · mean rank of ${methods.length}.`,
    table(score, options),
    ...(options.curves === null ? [] : [`![Anytime curves on ${suite.name}](${options.curves})`]),
    ...(score.pairs.length === 0 ? [] : [pairs(score.pairs, options.subject)]),
    ...(incomplete.length === 0 ? [] : [`Not on every task, so not shown: ${incomplete.join(", ")}.`]),
  ].join("\n\n");
}

function table({ methods }: SuiteScore, { foreign }: SectionOptions): string {
  const head = ["method", ...SHARES.map((share) => `${100 * share} %`), "s per suggestion", "seeds"];
  const rows = methods
    .toSorted((a, b) => a.cells.at(-1)!.mean - b.cells.at(-1)!.mean)
    .map(({ method, cells, secondsPerSuggestion, seeds }) => [
      method,
      ...cells.map(({ mean, low, high, rank }) => `${four(mean)} [${four(low)}, ${four(high)}] · ${rank.toFixed(2)}`),
      foreign.has(method) ? "" : secondsPerSuggestion.toPrecision(2),
      String(seeds),
    ]);
  return markdownTable([head, ...rows]);
}

function pairs(scores: readonly PairScore[], subject: string): string {
  const head = [`${subject} against`, "at", "pairs", "better", "worse", "ratio of means [95 %]", "p (Holm)"];
  const rows = scores.map(({ other, share, pairs, wins, losses, ratio, p }) => [
    other,
    `${100 * share} %`,
    String(pairs),
    String(wins),
    String(losses),
    `${ratio.value.toFixed(3)} [${ratio.low.toFixed(3)}, ${ratio.high.toFixed(3)}]`,
    p < 1e-4 ? "< 0.0001" : p.toFixed(4),
  ]);
  return markdownTable([head, ...rows]);
}

const four = (value: number) => value.toFixed(4);

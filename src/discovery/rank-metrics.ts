import { numberIn } from "../space/number-text.ts";
import type { Direction } from "../trial/metric.ts";
import type { FoundMetric, GivenNames } from "./find-metrics.ts";

/** What the words of a name say of the number that it names. */
interface NameMeaning {
  /**
   * `objective` measures how well it went, `part` a side of that (precision alone, one of several losses); `speed` and `expense` how
   * fast it went and what it took; `statistic` says only that it is one (`avg`); `setting` how it was set up or how far it is.
   */
  readonly kind: "objective" | "part" | "speed" | "expense" | "statistic" | "setting" | "unknown";
  /** Which way is better, or null where no word says it. */
  readonly direction: Direction | null;
  readonly heldOut: boolean;
  readonly training: boolean;
  /** Of the best so far, of a baseline, or how much another value varies: beside the value itself. */
  readonly aside: boolean;
}

/** Small is good, whatever else the name says: `accuracy loss`, `word error rate`. */
const SMALL = whole(
  "loss(?:es)?|errors?|err|rmse|rmsle|nrmse|mae|mse|mape|smape|mdape|mase|wape|logloss|cross ?entropy|xent|nll|ppl|perplexity|brier|deviance",
  "residuals?|regret|(?<!time |data |batch |compute )cost|wer|cer|ser|ter|fid|aic|bic|rss|sse|rms|chi2|chisq|energy|distance|divergence|kl|hinge|violations?|penalty",
  "makespan|gap|misclassif\\w*|incorrect\\w*|fail(?:ed|ures?)|misses|mistakes|stress|inertia|bpb|bpc|bpd|eer|tour|path length",
  "objval|fobj|fval|objective|obj|duality gap",
);
const LARGE = whole(
  "acc\\w{0,5}|auc\\w*|auroc|auprc|f1|f2|f ?score|f measure|f beta|m?ap(?: ?\\d+)*|map\\w*|scores?|r2|r squared|r sq|rsquared|bleu\\w*|chrf\\w*",
  "rouge\\w*|meteor|rewards?|returns?|rew|ndcg\\w*|mrr|hit rate|iou|miou|dice|psnr|ssim\\w*|vmaf|win rate|wins|corr\\w*|pearson\\w*|spearman\\w*",
  "kendall\\w*|mcc|gini|ari|nmi|purity|silhouette|modularity|log ?likelihood|likelihood|loglik|ll|elbo|lower bound|top ?\\d|exact match|fitness",
  "utility|profit|sharpe\\w*|jaccard|concordance|c index|las|uas|quality|solved|correct\\w*|snr|sdr|stoi|pesq",
);
/** Sides of a result, good when large. */
const PART = whole("precision|recall|sensitivity|specificity|kappa|coverage|hits?|p|r|f|em|rsquared|adj r squared");
/** Good when large, but of the machine rather than of the result. */
const FAST = whole(
  "throughput|tps|qps|rps|iops|ops|fps|sps|ips|wps|mfu|gflops?|mflops?|tflops?|mips|bandwidth|speedup|speed|events|requests",
  "per (?:s|sec|secs|second|seconds|minute|core)|\\w+ (?:s|sec|second)|ns day|hit ratio|transfer rate",
);
const SLOW = whole(
  "time|times|took|runtime|elapsed|seconds?|secs?|dur|duration|latency|wall\\w*|\\w*runtime|cpu|real|user|sys|delay|jitter|size|bytes|length|len|memory",
  "mem|conflicts|decisions|propagations|nodes|width|depth|area|power|bitrate|bpp|instructions|cycles|ms|us|ns|restarts|evals|evaluations",
);
const STATISTIC = whole("ratio|rate|mean|avg|average|median|value|result|metric|bound|peak|p50|p90|p95|p99");
/** Settings even beside the name of a result: `loss weight`. */
const SETTING = whole(
  "lr\\d?|learning rate|eps|epsilon|alpha|beta\\d?|gamma|lambda|decay|momentum|dropout|warmup|patience|toler\\w*|tol|threshold|interval|every",
  "weight|weights|coef\\w*|delta|limit|budget|seed|workers?|threads?|jobs|pid|port|version|device|attune|timestamp|date|year|eta|remaining",
  "vocab\\w*|dim\\w*|hidden|layers?|heads?|channels|kernel|stride|patch size|block size|image size|img size|batch size|seq len\\w*|v num|degrees of freedom",
);
/** Settings and counters when nothing says that a result is meant: `epoch`, but not `epoch loss`. */
const COUNTER = whole(
  "epochs?|steps?|iters?|iterations?|it|batch(?:es)?|bs|bsz|trial|folds?|rank|world|episodes?|episode num|generation|gen|rounds?|num|nb|n|no|number|count",
  "counter|code|gpus?|cuda|classes|features?|samples|examples|observations|instances|images|support|params|parameters|nu|rho|bias|intercept|df|lines?",
  "chunks?|context|scaling factor|clients|ups|wpb|shape|scale|level|capacity|updates|grad norm|gnorm|norm|progress|percent done|timesteps|ts|ctx|tokens|finished|processed|completed|done",
);
const HELD_OUT = whole(
  "val|valid\\w*|dev|test\\w*|eval\\w*|cv|cross valid\\w*|held ?out|holdout|oob|oof|out of (?:bag|fold|sample)",
);
const TRAINING = whole("train\\w*|learn|tr|in sample");
const ASIDE = whole(
  "best|lowest|highest|min|max|minimum|maximum|previous|prev|old|initial|start\\w*|target|baseline|expected|goal|constant|std|stdev|stddev|sd|se",
  "stderr|standard (?:error|deviation)|deviation|variance|ci|p value|pvalue|prob|no information rate|mcnemar\\w*|incorrect\\w*|since|adj\\w*|statistic",
);
/** The measures most often tuned. */
const USUAL = whole(
  "loss|acc|accuracy|f1|auc|rmse|mae|mse|error|score|perplexity|ppl|bleu|rewards?|returns?|objective|cost",
);
/** A count of things, which are a setting or none by what they are: `number of clusters`, `number of threads`. */
const COUNT_OF = /^(?:(?:total|final) )?(?:number|num|no|nr|count) of (?=\S)/;
/** Words that say nothing more about which of several results it is. */
const PLAIN = whole(
  "total|mean|avg|average|final|overall|all|weighted|macro|micro|value|rate|metric|absolute|squared|square|root|log|the|of|on|set|data|sample",
  "ep|episode|episodic|rollout|per|token|class|by|epoch|batch|step|number|\\d+|validation|function|running|cross|entropy|word|character|phone|found",
);

/** Reads a metric's name by its words: `valAccuracy`, `val_accuracy` and `Validation accuracy` mean the same. */
export function meaningOf(name: string): NameMeaning {
  const words = wordsOf(name);
  const small = SMALL.test(words);
  const objective = small || LARGE.test(words);
  const measure = FAST.test(words) || SLOW.test(words);
  const part = PART.test(words) || (objective && hasOtherWords(words));
  const counter = COUNTER.test(words.replace(COUNT_OF, "")) && !objective && !measure;
  return {
    kind: SETTING.test(words) || counter ? "setting" : part ? "part" : objective ? "objective" : lesser(words),
    direction: directionOf(words, small),
    heldOut: HELD_OUT.test(words),
    training: TRAINING.test(words),
    aside: ASIDE.test(words),
  };
}

/** True for a name with one of the measures most often tuned. */
export function isUsual(name: string): boolean {
  return USUAL.test(wordsOf(name));
}

/** The name in small letters, its words apart by single blanks. */
export function wordsOf(name: string): string {
  return name
    .replace(/(\p{Ll}{2})(\p{Lu})/gu, "$1 $2")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}%]+/gu, " ")
    .trim();
}

function lesser(words: string): NameMeaning["kind"] {
  if (FAST.test(words)) return "speed";
  if (SLOW.test(words)) return "expense";
  return STATISTIC.test(words) ? "statistic" : "unknown";
}

function hasOtherWords(words: string): boolean {
  const known = [SMALL, LARGE, HELD_OUT, TRAINING, PLAIN, ASIDE];
  const rest = known.reduce((text, pattern) => text.replace(new RegExp(pattern, "gu"), " "), words);
  return /\p{L}/u.test(rest);
}

function directionOf(words: string, small: boolean): Direction | null {
  if (small || /\b(?:negative|neg|1 minus)\b/.test(words)) return "minimize";
  if (LARGE.test(words) || PART.test(words) || FAST.test(words)) return "maximize";
  return SLOW.test(words) ? "minimize" : null;
}

function whole(...words: readonly string[]): RegExp {
  return new RegExp(`(?<![\\p{L}\\p{N}])(?:${words.join("|")})(?![\\p{L}\\p{N}])`, "u");
}

interface RankOptions {
  readonly asked?: readonly string[];
  /** Where the output has a summary: what stands there comes before what stands elsewhere. */
  readonly summary?: SummaryLines | null;
}

/** Points by the kind of a name. */
const KINDS = { objective: 6, part: 5, speed: 3, expense: 1.5, statistic: 0.5, unknown: 0, setting: -6 } as const;
/** Fewer points than these are no metric's. */
const LEAST = -3;

/**
 * Puts the likeliest objective first: names that measure how well it went before names that measure what it took, held-out data
 * before training data, what changes from step to step before what was said once. What was put in and came back unchanged
 * (`eval_iters` of a command that gives it, a list of settings before the first step) is left out, unless it was asked for.
 */
export function rankMetrics(
  found: readonly FoundMetric[],
  given: GivenNames,
  { asked = [], summary = null }: RankOptions = {},
): readonly FoundMetric[] {
  const results = found.filter(({ name }) => ["objective", "part"].includes(meaningOf(name).kind));
  const changing = results.filter(({ name, varies }) => varies && !meaningOf(name).aside);
  const begun = changing.length === 0 ? 0 : Math.min(...changing.map(({ first }) => first));
  const last = Math.max(...(changing.length === 0 ? found : changing).map(({ line }) => line));
  const late = changing.length === 0 ? last * 0.7 : last;
  const points = new Map(
    found.map((metric) => [metric, pointsOf(metric, late, begun) + summaryPoints(metric, summary)]),
  );
  const isKept = (metric: FoundMetric): boolean =>
    points.get(metric)! >= LEAST && !isRepeated(metric, given) && !isProgress(metric) && !isSaidBeside(metric);
  const kept = found.filter((metric) => asked.includes(metric.name) || isKept(metric));
  return kept.sort((a, b) => points.get(b)! - points.get(a)! || b.line - a.line);
}

/** What a whole run took, and counts of all that went in. */
const OF_RUN = /(?<!\p{L})(?:total|elapsed|taken|took|used|cpu|wall|wall ?clock|real|user|sys)(?!\p{L})/u;
/** Of the state before anything was done. */
const BEFORE = /(?<!\p{L})(?:initial|start\w*|previous|prev|old|baseline)(?!\p{L})/u;

/** Points for what a name says alone. */
export function namePoints(name: string): number {
  const { kind, heldOut, training, aside } = meaningOf(name);
  const long = kind === "unknown" ? Math.max(0, name.split(" ").length - 3) : 0;
  const words = wordsOf(name);
  const result = kind === "objective" || kind === "part";
  const besides = (aside ? 2 : 0) + (BEFORE.test(words) ? 2 : 0) + (!result && OF_RUN.test(words) ? 3 : 0);
  const usual = isUsual(name) ? 0.25 : 0;
  return KINDS[kind] + usual + (heldOut ? 2 : 0) - (training ? 1.5 : 0) - besides - Math.min(3, long);
}

/** `late`: what is said once behind this line is a result; `begun`: the line of the first step. */
function pointsOf({ name, value, varies, line, unread }: FoundMetric, late: number, begun: number): number {
  let points = namePoints(name) - (unread === undefined ? 0 : 0.5);
  // A loss of no said data is the training's; what is said once at the end was mostly measured to be judged by.
  const ofTraining = /loss/i.test(name) && !meaningOf(name).heldOut;
  if (varies) points += ofTraining ? 1 : 2;
  else if (line > late && namePoints(name) > -1) points += 1;
  // Said before the first step and never again: most likely how the program was set up.
  if (!varies && line < begun) points -= meaningOf(name).kind === "objective" ? 3 : 6;
  // Nothing failed, nothing was missed: there is nothing to make better.
  if (value === 0 && !varies) points -= 6;
  return Number.isInteger(value) ? points : points + 0.5;
}

function summaryPoints({ line, varies }: FoundMetric, summary: SummaryLines | null): number {
  if (summary === null || varies) return 0;
  return line >= summary.first && line <= summary.last ? 2 : -2;
}

/** True for what a line only says it was done at, `at quality 3.00`, and for the year of a paper, `Doe J (2015)`. */
function isSaidBeside({ name, value, varies, text }: FoundMetric): boolean {
  const year = Number.isInteger(value) && value >= 1900 && value < 2100;
  if (year && text.includes(`${name} (${value})`)) return true;
  const words = /^(?:at|using)\s+(.*)$/i.exec(text)?.[1];
  return !varies && words?.toLowerCase().startsWith(name.toLowerCase()) === true;
}

/** True for a value that was put in and came back. */
function isRepeated({ name, value, varies }: FoundMetric, { settings, parameters }: GivenNames): boolean {
  if (varies) return false;
  const words = wordsOf(name);
  for (const [setting, text] of settings) {
    if (wordsOf(setting) === words && numberIn(text) === value) return true;
  }
  return parameters.some((parameter) => wordsOf(parameter) === words);
}

/** True for a number that says how far a program is, and not how well it went: `Reading input: 100%`, `shards 3/10`. */
function isProgress({ name, value, varies, rises, text }: FoundMetric): boolean {
  const { kind } = meaningOf(name);
  if (kind === "objective" || kind === "part" || !rises) return false;
  const at = text.toLowerCase().lastIndexOf(name.toLowerCase());
  const behind = at < 0 ? "" : text.slice(at + name.length);
  const [, number, sign] = /^["'\])\s]*[:=]?[\s[(]*([-+]?[\d.]+)\s*(%|\/\s*\d)?/.exec(behind) ?? [];
  if (sign === undefined || Number(number) !== value) return false;
  return sign === "%" ? value === 100 || (varies && value <= 100 && Number.isInteger(value)) : Number.isInteger(value);
}

/** Lines of an output, numbered from 1, that stand under a heading such as `=== Summary ===`, both ends included. */
interface SummaryLines {
  readonly first: number;
  readonly last: number;
}

const SUMMARY =
  /^\s*(?:[=#*~<>[─━-]+\s*)?(?:(?:final|overall|test|run|training|evaluation)\s+)?(?:summary|results?)(?:\s*[=#*~<>\]─━-]+|\s*:)?\s*$/i;
/** A heading that is set off: `=== Adapter 1 ===`, `# Details`. */
const HEADING = /^\s*(?:([=*~─━-])\1{1,}\s*\p{L}.{0,60}?\s*\1{2,}|#{1,4}\s+\p{L}.{0,60})\s*$/u;

/** Where the last summary of an output stands: from its heading to the next one. Null when it has none with a number in it. */
export function summaryLines(output: Buffer): SummaryLines | null {
  const lines = output.toString("latin1").split("\n");
  const head = lines.findLastIndex((line) => line.length < 100 && SUMMARY.test(line));
  if (head < 0) return null;
  const next = lines.findIndex((line, index) => index > head + 1 && line.length < 100 && HEADING.test(line));
  const end = next < 0 ? lines.length : next;
  return lines.slice(head + 1, end).some((line) => /\d/.test(line)) ? { first: head + 2, last: end } : null;
}

/** The metric most likely meant, and whether its name tells which way is better. */
export interface LikelyMetric {
  readonly name: string;
  readonly direction: Direction;
  readonly sure: boolean;
}

/** The first of metrics in order of likelihood; small is taken for good where no word of its name says otherwise. */
export function likelyMetric(ranked: readonly { readonly name: string }[]): LikelyMetric | null {
  const [first] = ranked;
  if (first === undefined) return null;
  const { direction } = meaningOf(first.name);
  return { name: first.name, direction: direction ?? "minimize", sure: direction !== null };
}

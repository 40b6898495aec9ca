import type { Direction } from "../../../trial/metric.ts";

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

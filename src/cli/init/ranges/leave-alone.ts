/** What a name says against searching an option, and whether its type and range may be offered all the same. */
export interface Objection {
  readonly reason: string;
  readonly isOffered: boolean;
}

const SHOWN = "about what is shown";
/** Where the last word of a name is one of these it says what the option is, and the words before it only of what. */
const AMOUNT =
  /-(?:strength|jitter|prob|probability|scale|std|weight|coef|coeff|ratio|factor|alpha|beta|temperature|decay|init|dropout|penalty)$/;

/** Names (small words joined by `-`) that a study does not search, with the reason. */
const LEAVE: readonly (readonly [RegExp, string])[] = [
  [
    /(?:^|-)(?:seed|random-state)$|^(?:random-|rng-)?seeds$|(?:^|-)(?:rand|rnd|rng|random)seed$|^(?:random-|rng-|rnd-)?(?:seeds?|state)-(?:for|of|value|number|num|offset|everything|everywhere|to)(?:-|$)|(?:random|rng|rnd)-seed(?:-|$)/,
    "a seed: ${seed} gives each trial its own",
  ],
  [
    /^(?:(?:num|max|min|n|number-of|number)-)?(?:(?:train|training|total)-)?epochs?$|^(?:(?:max|min|total|train|training)-)+(?:iter|iters|iterations?|steps|updates|passes|time-?steps|timesteps)$/,
    "the length of training: costs time, so it stays fixed",
  ],
  [
    /(?:^|-)(?:threads?|nthreads?|workers?|jobs?|njobs?|processes|procs|concurrency|cpus?|gpus?|cuda|devices?|ranks?|nodes|local-rank|world-size|master|backend|pin-memory|prefetch|fp16|bf16|amp|half|compile|deterministic|tf32)(?:-|$)/,
    "a matter of speed, not of quality",
  ],
  [
    /(?:^|-)(?:port|host|hostname|fd|address|addr|ssl|tls|umask|user|username|group|pid|uid|gid|socket|protocol|url|uri|endpoint|proxy)$/,
    "about the machine",
  ],
  [
    /(?:^|-)(?:verbose|verbosity|verb|quiet|silent|log|logs|logging|loglevel|debug|print|report|progress|color|colour|colors|display|plot|wandb|mlflow|tensorboard|profile|trace|dry-run)(?:-|$)|(?:^|-)(?:fasta|lines?|page|text|column|table|output|align|alignment|terminal|row)-?(?:width|len)$/,
    SHOWN,
  ],
  [
    /(?:^|-)(?:files?|filename|filenames|paths?|dir|dirs|directory|folder|outdir|root|save|checkpoint|checkpoints|ckpt|resume|cache|cachesize|config|version|help|overwrite|output|outputs|input|inputs|dataset|data|format|prefix|suffix|encoding|delimiter|separator)$|^(?:save|checkpoint|resume|push-to-hub|hub|download)-|^(?:input|output|cache)-(?:name|type|mode|key|column|columns|every|freq|steps)$|^(?:input|output|recon)-(?:depth|csp|res|bits?)$/,
    "about files",
  ],
  [
    /(?:^|-)(?:timeout|wait|backlog|retries|tries|keepalive|expect|lim)(?:-|$)|(?:^|-)(?:time|mem|memory|cpu|ram|disk|core|rate|request|connection|conn)-?limits?(?:-|$)|(?:^|-)limit-(?:concurrency|max|request|rate|time|mem|memory|cpu|connections?)(?:-|$)/,
    "a limit of time or means, not a choice",
  ],
  [
    /(?:^|-)(?:eval|evaluate|evaluation|valid|validate|validation|val|test|testing|folds?|cv|cross-validation|holdout)(?:-|$)/,
    "about how the result is measured: changing it changes what is compared",
  ],
];

/** The same for names that may mean a hyperparameter as well: they are offered. */
const DOUBTFUL: readonly (readonly [RegExp, string])[] = [
  [
    /^(?:(?:num|n|number-of|number)-)?(?:iter|iters|iterations?|steps|updates|passes|time-?steps|timesteps)$/,
    "costs time where it is the length of training: keep it fixed then",
  ],
  [
    /(?:^|-)(?:limits?|delay|duration|interval|patience|early-stop|early-stopping|early-stopping-rounds|period)(?:-|$)|-every$|^every-|(?:^|-)(?:freq|frequency)$/,
    "a limit or a rhythm: look whether results depend on it",
  ],
  [
    /(?:^|-)metrics?(?:-|$)/,
    "a distance that the program works with, or how its result is measured: that would change what is compared",
  ],
];

/** What speaks against searching an option of this name (small words joined by `-`); null when nothing does. */
export function leaveAlone(name: string): Objection | null {
  const found = LEAVE.find(([pattern, reason]) => pattern.test(name) && !(reason === SHOWN && AMOUNT.test(name)));
  if (found !== undefined) return { reason: found[1], isOffered: false };
  const doubt = DOUBTFUL.find(([pattern]) => pattern.test(name));
  return doubt === undefined ? null : { reason: doubt[1], isOffered: true };
}

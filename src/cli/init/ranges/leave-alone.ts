/** Names (small words joined by `-`) that a study does not search, with the reason. */
const LEAVE: readonly (readonly [RegExp, string])[] = [
  [/(?:^|-)(?:seed|seeds|random-state|rnd-seed)(?:-|$)/, "a seed: ${seed} gives each trial its own"],
  [
    /^(?:(?:num|max|min|n|total|train|number-of|number)-)?(?:(?:train|training|total)-)?(?:epochs?|iter|iters|iterations?|steps|updates|passes|time-?steps|timesteps)$/,
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
    /(?:^|-)(?:verbose|verbosity|verb|quiet|silent|log|logs|logging|loglevel|debug|print|report|progress|color|colour|colors|display|plot|wandb|mlflow|tensorboard|profile|trace|dry-run)(?:-|$)/,
    "about what is shown",
  ],
  [
    /(?:^|-)(?:files?|filename|filenames|paths?|dir|dirs|directory|folder|outdir|root|save|checkpoint|checkpoints|ckpt|resume|cache|cachesize|config|version|help|overwrite|output|outputs|input|inputs|dataset|data|format|prefix|suffix|encoding|delimiter|separator)$|^(?:save|checkpoint|resume|push-to-hub|hub|download)-|^(?:input|output|cache)-(?:name|type|mode|key|column|columns|every|freq|steps)$/,
    "about files",
  ],
  [
    /(?:^|-)(?:timeout|limit|lim|wait|delay|interval|duration|backlog|retries|tries|keepalive|expect|patience|early-stop|early-stopping|early-stopping-rounds)(?:-|$)|-every$|^every-|-(?:freq|frequency)$/,
    "a limit or a rhythm, not a choice",
  ],
  [
    /(?:^|-)(?:eval|evaluate|evaluation|valid|validate|validation|val|test|testing|folds?|cv|cross-validation|metric|metrics|holdout)(?:-|$)/,
    "about how the result is measured: changing it changes what is compared",
  ],
];

/** Why an option of this name (small words joined by `-`) is left alone; null when nothing speaks against it. */
export function leaveAlone(name: string): string | null {
  return LEAVE.find(([pattern]) => pattern.test(name))?.[1] ?? null;
}

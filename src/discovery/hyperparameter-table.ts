import type { UsualRange } from "./known-ranges.ts";

/** What the ranges are taken from; where sources differ the wider range is used. */
export const SOURCES = {
  probst:
    "P. Probst, A.-L. Boulesteix, B. Bischl, Tunability: Importance of Hyperparameters of Machine Learning Algorithms, JMLR 20(53), 2019, table 1",
  vanRijn: "J. N. van Rijn, F. Hutter, Hyperparameter Importance Across Datasets, KDD 2018, tables 2 to 6",
  hsu: "C.-W. Hsu, C.-C. Chang, C.-J. Lin, A Practical Guide to Support Vector Classification, 2016, section 3.2",
  bengio: "Y. Bengio, Practical Recommendations for Gradient-Based Training of Deep Architectures, 2012, section 3",
  bert: "J. Devlin et al., BERT, NAACL 2019, appendix A.3",
  lora: "E. J. Hu et al., LoRA, ICLR 2022, section 7 and appendix D",
  ppo: "M. Andrychowicz et al., What Matters in On-Policy Reinforcement Learning?, ICLR 2021, appendix",
  word2vec: "T. Mikolov et al., Distributed Representations of Words and Phrases, NIPS 2013, section 2",
  tsne: "L. van der Maaten, G. Hinton, Visualizing Data using t-SNE, JMLR 9, 2008, section 2; scikit-learn, manifold.TSNE",
  smoothing:
    "C. Szegedy et al., Rethinking the Inception Architecture, CVPR 2016, section 7; R. Müller et al., NeurIPS 2019",
  lightgbm: "LightGBM documentation: Parameters; Parameters Tuning",
  xgboost: "XGBoost documentation: XGBoost Parameters; Notes on Parameter Tuning",
  catboost: "CatBoost documentation: Training parameters; Parameter tuning",
  sklearn: "scikit-learn user guide and API reference, the page of the estimator",
  torch: "PyTorch documentation: torch.optim, torch.nn",
  huggingface: "Hugging Face documentation: TrainingArguments; GenerationConfig; LoraConfig",
} as const;

/** A parameter that libraries know by a name, and the range it is usually searched in. */
interface TableRow {
  /** Names in small words joined by `-`: `max-depth` is also `maxDepth` and `MAX_DEPTH`. */
  readonly names: readonly string[];
  readonly about: string;
  readonly range: UsualRange;
  readonly source: keyof typeof SOURCES;
}

type Source = keyof typeof SOURCES;
type Form = "linear" | "log" | "reverse log" | "zero or log";

function row(names: string, low: number, high: number, form: Form, about: string, source: Source): TableRow {
  const range: UsualRange =
    form === "zero or log" ? { low, high, scale: "log", zero: true } : { low, high, scale: form };
  return { names: names.split(" "), about, range, source };
}

/** Names that mean one thing wherever they stand. */
export const HYPERPARAMETERS: readonly TableRow[] = [
  // Trees and boosting.
  row("num-leaves max-leaves max-leaf max-leaf-nodes", 7, 255, "log", "leaves of a tree", "lightgbm"),
  row("min-data-in-leaf min-child-samples min-data-per-leaf", 1, 200, "log", "rows in a leaf", "lightgbm"),
  row(
    "min-sum-hessian-in-leaf min-child-weight min-sum-hessian",
    1e-3,
    128,
    "log",
    "weight that a leaf needs",
    "probst",
  ),
  row(
    "feature-fraction feature-fraction-bynode colsample-bytree colsample-bylevel colsample-bynode rsm",
    0.1,
    1,
    "linear",
    "share of the columns",
    "probst",
  ),
  row("bagging-fraction subsample sample-fraction sample-rate", 0.1, 1, "linear", "share of the rows", "probst"),
  row("bagging-freq subsample-freq", 0, 10, "linear", "how often rows are drawn anew", "lightgbm"),
  row("lambda-l1 reg-alpha l1-regularization", 1e-4, 1e3, "zero or log", "L1 regulariser", "probst"),
  row("lambda-l2 reg-lambda l2-regularization", 1e-4, 1e3, "zero or log", "L2 regulariser", "probst"),
  row(
    "min-gain-to-split min-split-gain min-split-loss",
    1e-3,
    10,
    "zero or log",
    "gain that a split needs",
    "lightgbm",
  ),
  row("max-bin max-bins border-count", 31, 511, "log", "bins of a column", "lightgbm"),
  row("path-smooth", 1e-2, 100, "zero or log", "smoothing along a tree's path", "lightgbm"),
  row("max-delta-step", 0, 10, "linear", "largest step of a leaf", "xgboost"),
  row("scale-pos-weight class-weight-pos", 0.1, 100, "log", "weight of the positive class", "xgboost"),
  row("max-depth tree-depth maxdepth", 1, 15, "linear", "depth of a tree", "probst"),
  row("drop-rate rate-drop skip-drop", 0, 0.9, "linear", "DART: share that is dropped", "lightgbm"),
  row("top-rate", 0.05, 0.5, "linear", "GOSS: share kept for its gradient", "lightgbm"),
  row("other-rate", 0.05, 0.4, "linear", "GOSS: share drawn from the others", "lightgbm"),
  row("cat-smooth cat-l2", 1, 100, "log", "smoothing of categories", "lightgbm"),
  row("l2-leaf-reg", 1, 30, "log", "L2 regulariser of leaves", "catboost"),
  row("random-strength", 1e-2, 10, "zero or log", "noise of the scores of splits", "catboost"),
  row("bagging-temperature", 0, 10, "linear", "how uneven rows are weighted", "catboost"),
  row("leaf-estimation-iterations", 1, 10, "linear", "steps of a leaf's value", "catboost"),
  row("min-samples-leaf min-node-size", 1, 20, "linear", "rows in a leaf", "vanRijn"),
  row("min-samples-split minsplit", 2, 20, "linear", "rows that a split needs", "vanRijn"),
  row("minbucket", 1, 60, "linear", "rows in a leaf", "probst"),
  row("cp ccp-alpha min-impurity-decrease", 1e-5, 0.1, "zero or log", "pruning of a tree", "probst"),
  row("mtry-fraction max-features-fraction", 0.1, 0.9, "linear", "share of the columns", "vanRijn"),
  // Kernel, neighbour and linear methods.
  row("svm-c cost", 1e-3, 1e3, "log", "cost of errors", "probst"),
  row("coef0 kernel-coef0", -1, 1, "linear", "kernel constant", "vanRijn"),
  row("degree poly-degree kernel-degree", 2, 5, "linear", "degree of a polynomial", "probst"),
  row("n-neighbors num-neighbors neighbors k-neighbors n-neighbours", 1, 30, "linear", "neighbours", "probst"),
  row("l1-ratio elastic-net-mixing enet-mixing", 0, 1, "linear", "share of L1", "probst"),
  row("var-smoothing", 1e-12, 1e-6, "log", "part of the largest variance", "sklearn"),
  row("perplexity", 5, 50, "linear", "neighbours of a point", "tsne"),
  row("early-exaggeration", 4, 24, "linear", "how tight clusters begin", "tsne"),
  // Gradient descent.
  row(
    "weight-decay wd weight-decay-rate",
    1e-6,
    0.1,
    "zero or log",
    "a regulariser: zero, or on the logarithm",
    "bengio",
  ),
  row("momentum mom sgd-momentum nesterov-momentum", 0, 0.99, "linear", "momentum", "bengio"),
  row("dampening", 0, 0.99, "linear", "dampening of the momentum", "torch"),
  row("beta1 beta-1 adam-beta1 adam-beta-1", 0.5, 0.99, "reverse log", "decay of Adam's mean", "torch"),
  row("beta2 beta-2 adam-beta2 adam-beta-2", 0.9, 0.9999, "reverse log", "decay of Adam's square", "torch"),
  row("label-smoothing label-smoothing-factor", 0, 0.3, "linear", "label smoothing", "smoothing"),
  row("warmup-ratio warmup-frac warmup-fraction warmup-proportion", 0, 0.3, "linear", "share of warm-up", "bert"),
  row(
    "max-grad-norm clip-grad grad-clip clip-norm gradient-clip-val clip-grad-norm gradient-clipping clip-value",
    0.1,
    10,
    "log",
    "bound of the gradient",
    "torch",
  ),
  row("mixup mixup-alpha cutmix cutmix-alpha", 0, 1, "linear", "mixing of samples", "torch"),
  row("lora-r lora-rank", 1, 64, "log", "rank of the adaption", "lora"),
  row("lora-alpha", 1, 128, "log", "scale of the adaption", "lora"),
  row("lora-dropout", 0, 0.3, "linear", "dropout of the adaption", "lora"),
  // Reinforcement learning.
  row("gae-lambda", 0.8, 0.999, "reverse log", "decay of the advantage", "ppo"),
  row(
    "clip-range clip-coef clip-ratio clip-eps clip-param",
    0.1,
    0.5,
    "linear",
    "clipping of the policy's step",
    "ppo",
  ),
  row("ent-coef entropy-coef entropy-coeff", 1e-5, 0.1, "zero or log", "weight of the entropy", "ppo"),
  row("vf-coef value-coef value-loss-coef", 0.1, 2, "log", "weight of the value's loss", "ppo"),
  // Words and text.
  row("neg negative negative-samples", 0, 20, "linear", "negative samples", "word2vec"),
  row("ws window window-size", 2, 15, "linear", "words to each side", "word2vec"),
  row("word-ngrams ngrams n-grams", 1, 5, "linear", "words in a group", "word2vec"),
  row("num-beams beam-size beam", 1, 10, "linear", "beams", "huggingface"),
  row("top-k", 1, 200, "log", "likeliest tokens kept", "huggingface"),
  row("top-p", 0.1, 1, "linear", "probability kept", "huggingface"),
  row("repetition-penalty", 1, 2, "linear", "penalty of repetition", "huggingface"),
  row("length-penalty", 0, 2, "linear", "penalty of length", "huggingface"),
];

/** Booleans that change what is learnt. */
export const BOOLEAN_HYPERPARAMETERS =
  /^(?:nesterov|use-nesterov|amsgrad|adamw|bias|fit-intercept|normalize|batch-?norm|use-bn|bn|layer-?norm|residual|augment|augmentation|bidirectional|extra-trees|boost-from-average|bootstrap|oob-score|shrinking|whiten|warm-start|dueling|double|double-q|adaptive|norm-adv|clip-vloss|anneal-lr|tie-weights|pre-?norm|attention|linear-tree|ordered|positive|average)$/;

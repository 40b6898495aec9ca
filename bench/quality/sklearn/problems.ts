// The public problem list of Bayesmark (R. Turner et al., NeurIPS 2020 competition track): nine models, their spaces, and the data
// sets that scikit-learn still ships (no boston); `normalize`, which is gone from scikit-learn, is left out.
import type { SpaceRecord } from "../../../src/space/definition.ts";
import { boolean, choice, defineSpace, float, int, oneOf, type Space } from "../../../src/space/index.ts";

const log = { log: true } as const;
const logit = { scale: "logit" } as const;

const TREE = {
  max_depth: int(1, 15),
  min_samples_split: float(0.01, 0.99, logit),
  min_samples_leaf: float(0.01, 0.49, logit),
  min_weight_fraction_leaf: float(0.01, 0.49, logit),
  max_features: float(0.01, 0.99, logit),
  min_impurity_decrease: float(0, 0.5),
};

const NETWORK = {
  hidden_layer_sizes: int(50, 200),
  alpha: float(1e-5, 10, log),
  batch_size: int(10, 250),
  learning_rate_init: float(1e-5, 0.1, log),
  tol: float(1e-5, 0.1, log),
  validation_fraction: float(0.1, 0.9, logit),
};

const LINEAR_CLASSIFIER = { C: float(0.01, 100, log), intercept_scaling: float(0.01, 100, log) };
const LINEAR_REGRESSOR = { alpha: float(0.01, 100, log), fit_intercept: boolean(), max_iter: int(10, 5000, log) };

interface Model {
  readonly classify: SpaceRecord;
  /** Where it differs. */
  readonly regress?: SpaceRecord;
}

const MODELS: Readonly<Record<string, Model>> = {
  kNN: { classify: { n_neighbors: int(1, 25), p: int(1, 4) } },
  SVM: { classify: { C: float(1, 1e3, log), gamma: float(1e-4, 1e-3, log), tol: float(1e-5, 0.1, log) } },
  DT: { classify: TREE },
  RF: { classify: TREE },
  "MLP-adam": {
    classify: {
      ...NETWORK,
      beta_1: float(0.5, 0.99, logit),
      beta_2: float(0.9, 1 - 1e-6, logit),
      epsilon: float(1e-9, 1e-6, log),
    },
  },
  "MLP-sgd": {
    classify: { ...NETWORK, power_t: float(0.1, 0.9, logit), momentum: float(0.001, 0.999, logit) },
  },
  ada: { classify: { n_estimators: int(10, 100), learning_rate: float(1e-4, 10, log) } },
  lasso: {
    classify: LINEAR_CLASSIFIER,
    regress: { ...LINEAR_REGRESSOR, tol: float(1e-5, 0.1, log), positive: boolean() },
  },
  linear: { classify: LINEAR_CLASSIFIER, regress: { ...LINEAR_REGRESSOR, tol: float(1e-4, 0.1, log) } },
};

/** Six learners with all that is usually tuned of them, and how the data are scaled. */
const SIX: SpaceRecord = {
  scaling: choice(["none", "standard", "range"]),
  learner: oneOf({
    neighbours: {
      "neighbours.n_neighbors": int(1, 50, log),
      "neighbours.p": int(1, 4),
      "neighbours.weights": choice(["uniform", "distance"]),
    },
    svm: {
      "svm.C": float(1e-3, 1e3, log),
      "svm.tol": float(1e-5, 0.1, log),
      "svm.kernel": oneOf({
        linear: {},
        rbf: { "svm.gamma": float(1e-5, 10, log) },
        poly: { "svm.gamma": float(1e-5, 10, log), "svm.degree": int(2, 4), "svm.coef0": float(0, 1) },
      }),
    },
    forest: {
      "forest.n_estimators": int(5, 60, log),
      "forest.criterion": choice(["gini", "entropy"]),
      "forest.bootstrap": boolean(),
      "forest.max_depth": int(1, 20),
      "forest.max_features": float(0.05, 1),
      "forest.min_samples_split": int(2, 40, log),
      "forest.min_samples_leaf": int(1, 20, log),
    },
    network: {
      "network.hidden_layer_sizes": int(10, 200, log),
      "network.activation": choice(["relu", "tanh", "logistic"]),
      "network.alpha": float(1e-6, 10, log),
      "network.batch_size": int(8, 256, log),
      "network.learning_rate_init": float(1e-5, 0.3, log),
      "network.max_iter": int(10, 100, log),
      "network.solver": oneOf({
        adam: { "network.beta_1": float(0.5, 0.99), "network.beta_2": float(0.9, 0.9999) },
        sgd: { "network.momentum": float(0, 0.99), "network.nesterovs_momentum": boolean() },
      }),
    },
    boost: {
      "boost.n_estimators": int(5, 60, log),
      "boost.learning_rate": float(1e-3, 3, log),
      "boost.depth": int(1, 5),
    },
    logistic: {
      "logistic.C": float(1e-3, 1e3, log),
      "logistic.penalty": choice(["l1", "l2"]),
      "logistic.fit_intercept": boolean(),
    },
  }),
};

/** A model, a data set and a metric; the loss is to be small. */
export interface SklearnProblem {
  readonly model: string;
  readonly data: string;
  readonly metric: string;
  readonly space: () => Space;
}

const CLASSIFICATION = ["breast", "digits", "iris", "wine"];

/** The 90 problems. */
export function sklearnProblems(): readonly SklearnProblem[] {
  return Object.entries(MODELS).flatMap(([model, { classify, regress = classify }]) => [
    ...CLASSIFICATION.flatMap((data) =>
      ["acc", "nll"].map((metric) => ({ model, data, metric, space: () => defineSpace(classify) })),
    ),
    ...["mae", "mse"].map((metric) => ({ model, data: "diabetes", metric, space: () => defineSpace(regress) })),
  ]);
}

/** The choice among six learners on four data sets, by two metrics. */
export function sixProblems(): readonly SklearnProblem[] {
  return CLASSIFICATION.flatMap((data) =>
    ["acc", "nll"].map((metric) => ({ model: "six", data, metric, space: () => defineSpace(SIX) })),
  );
}

"""Evaluates scikit-learn models: one line of JSON for each message and each answer.

The first message names model, data and metric; every other has params and a seed, and is answered by the loss: the mean over five
folds of four fifths of the data, which the seed 0 splits off (the rule of Bayesmark, whose problems these are). The seed of a
message makes the model's own chance the same for every contender.
"""

import json
import math
import sys
import warnings

import numpy as np
from sklearn import datasets, ensemble, linear_model, multiclass, neighbors, neural_network, pipeline, preprocessing, svm, tree
from sklearn.base import clone
from sklearn.model_selection import cross_val_score, train_test_split

warnings.filterwarnings("ignore")

LOADERS = {
    "breast": datasets.load_breast_cancer,
    "digits": datasets.load_digits,
    "iris": datasets.load_iris,
    "wine": datasets.load_wine,
    "diabetes": datasets.load_diabetes,
}
SCORERS = {"acc": "accuracy", "nll": "neg_log_loss", "mae": "neg_mean_absolute_error", "mse": "neg_mean_squared_error"}


def logistic(penalty, **params):
    model = linear_model.LogisticRegression(penalty=penalty, solver="liblinear", **params)
    # One model for each class, which liblinear did by itself when the problems were published.
    return multiclass.OneVsRestClassifier(model)


def classifiers():
    early = {"early_stopping": True}
    sgd = {"solver": "sgd", "learning_rate": "invscaling", "nesterovs_momentum": True, **early}
    return {
        "kNN": lambda **p: neighbors.KNeighborsClassifier(**p),
        "SVM": lambda **p: svm.SVC(kernel="rbf", probability=True, **p),
        "DT": lambda **p: tree.DecisionTreeClassifier(**p),
        "RF": lambda **p: ensemble.RandomForestClassifier(n_estimators=10, **p),
        "MLP-adam": lambda **p: neural_network.MLPClassifier(solver="adam", **early, **p),
        "MLP-sgd": lambda **p: neural_network.MLPClassifier(**sgd, **p),
        "ada": lambda **p: ensemble.AdaBoostClassifier(**p),
        "lasso": lambda **p: logistic("l1", **p),
        "linear": lambda **p: logistic("l2", **p),
        "six": six,
    }


def regressors():
    early = {"early_stopping": True}
    sgd = {"activation": "tanh", "solver": "sgd", "learning_rate": "invscaling", "nesterovs_momentum": True, **early}
    return {
        "kNN": lambda **p: neighbors.KNeighborsRegressor(**p),
        "SVM": lambda **p: svm.SVR(kernel="rbf", **p),
        "DT": lambda **p: tree.DecisionTreeRegressor(**p),
        "RF": lambda **p: ensemble.RandomForestRegressor(n_estimators=10, **p),
        "MLP-adam": lambda **p: neural_network.MLPRegressor(solver="adam", **early, **p),
        "MLP-sgd": lambda **p: neural_network.MLPRegressor(**sgd, **p),
        "ada": lambda **p: ensemble.AdaBoostRegressor(**p),
        "lasso": lambda **p: linear_model.Lasso(**p),
        "linear": lambda **p: linear_model.Ridge(solver="auto", **p),
    }


def six(scaling, learner, **p):
    """A scaler and one of six learners; parameters are named `learner.parameter`."""
    own = {name.split(".", 1)[1]: value for name, value in p.items()}
    if learner == "forest":
        model = ensemble.RandomForestClassifier(**own)
    elif learner == "boost":
        depth = own.pop("depth")
        model = ensemble.AdaBoostClassifier(tree.DecisionTreeClassifier(max_depth=depth), **own)
    elif learner == "logistic":
        model = logistic(**own)
    elif learner == "neighbours":
        model = neighbors.KNeighborsClassifier(**own)
    elif learner == "svm":
        # Without a limit a linear one with a large C on data not scaled takes minutes.
        model = svm.SVC(probability=True, max_iter=100_000, **own)
    else:
        model = neural_network.MLPClassifier(early_stopping=True, **own)
    scalers = {"none": "passthrough", "standard": preprocessing.StandardScaler(), "range": preprocessing.MinMaxScaler()}
    return pipeline.Pipeline([("scale", scalers[scaling]), ("learn", model)])


def seeded(model, seed):
    """The model with every random_state in it set."""
    states = {name: seed for name in model.get_params() if name.split("__")[-1] == "random_state"}
    return model.set_params(**states)


def main():
    setup = json.loads(sys.stdin.readline())
    data, target = LOADERS[setup["data"]](return_X_y=True)
    classify = setup["data"] != "diabetes"
    make = (classifiers() if classify else regressors())[setup["model"]]
    x, _, y, _ = train_test_split(data.astype(float), target, test_size=0.2, random_state=0, shuffle=True)
    for line in sys.stdin:
        message = json.loads(line)
        try:
            np.random.seed(message["seed"])
            model = seeded(make(**message["params"]), message["seed"])
            loss = -float(np.mean(cross_val_score(clone(model), x, y, scoring=SCORERS[setup["metric"]], cv=5, error_score="raise")))
            answer = {"loss": loss if math.isfinite(loss) else None}
        except (ValueError, FloatingPointError) as error:
            answer = {"loss": None, "problem": str(error)}
        print(json.dumps(answer), flush=True)


main()

"""Classifies handwritten digits with a support vector machine and prints the accuracy of a cross-validation."""

import argparse

from sklearn.datasets import load_digits
from sklearn.model_selection import StratifiedKFold, cross_val_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("--kernel", choices=["rbf", "poly"], default="rbf", help="kernel of the machine")
parser.add_argument("--C", type=float, default=1.0, help="price of a misclassified digit")
parser.add_argument("--gamma", type=float, default=0.05, help="width of the kernel")
parser.add_argument("--degree", type=int, default=3, help="degree of the polynomial kernel")
parser.add_argument("--seed", type=int, default=0, help="seed of the folds")
args = parser.parse_args()

X, y = load_digits(return_X_y=True)
machine = SVC(kernel=args.kernel, C=args.C, gamma=args.gamma, degree=args.degree)
folds = StratifiedKFold(n_splits=3, shuffle=True, random_state=args.seed)
scores = cross_val_score(make_pipeline(StandardScaler(), machine), X, y, cv=folds)
print(f"accuracy: {scores.mean():.4f} +/- {scores.std():.4f}")

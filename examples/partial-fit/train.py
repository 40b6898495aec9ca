"""Trains a linear classifier on handwritten digits, one pass over the data at a time, and prints its loss after each."""

import argparse

import numpy as np
from sklearn.datasets import load_digits
from sklearn.linear_model import SGDClassifier
from sklearn.metrics import log_loss
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("--alpha", type=float, default=0.0001, help="strength of the regularisation")
parser.add_argument("--eta0", type=float, default=0.01, help="learning rate")
parser.add_argument("--schedule", choices=["constant", "invscaling", "adaptive"], default="constant")
parser.add_argument("--penalty", choices=["l2", "l1", "elasticnet"], default="l2")
parser.add_argument("--passes", type=int, default=81, help="passes over the data")
parser.add_argument("--seed", type=int, default=0, help="seed of the order of the data")
args = parser.parse_args()

X, y = load_digits(return_X_y=True)
X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.3, random_state=0, stratify=y)
scaler = StandardScaler().fit(X_train)
X_train, X_test = scaler.transform(X_train), scaler.transform(X_test)

model = SGDClassifier(loss="log_loss", penalty=args.penalty, alpha=args.alpha, learning_rate=args.schedule, eta0=args.eta0, random_state=args.seed)
chance = np.random.default_rng(args.seed)
for number in range(1, args.passes + 1):
    order = chance.permutation(len(y_train))
    model.partial_fit(X_train[order], y_train[order], classes=np.arange(10))
    loss = log_loss(y_test, model.predict_proba(X_test))
    print(f"pass {number}/{args.passes} val_loss={loss:.4f}")

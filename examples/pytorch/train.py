"""Trains a small network to tell the arms of three spirals apart and prints its losses after each epoch."""

import argparse
import math

import torch
from torch import nn

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("--lr", type=float, default=0.01, help="learning rate")
parser.add_argument("--momentum", type=float, default=0.5, help="momentum of the optimizer")
parser.add_argument("--hidden", type=int, default=16, help="units of each hidden layer")
parser.add_argument("--layers", type=int, default=2, help="hidden layers")
parser.add_argument("--batch-size", type=int, default=32, help="points in a step")
parser.add_argument("--epochs", type=int, default=100, help="passes through the data")
parser.add_argument("--seed", type=int, default=0, help="seed of weights and batches")
args = parser.parse_args()

torch.set_num_threads(1)


def spirals(points: int, seed: int) -> tuple[torch.Tensor, torch.Tensor]:
    """Points along three arms, with noise, and the number of the arm of each."""
    chance = torch.Generator().manual_seed(seed)
    arm = torch.arange(points) % 3
    along = torch.rand(points, generator=chance)
    angle = 5 * along + 2 * math.pi / 3 * arm + 0.2 * torch.randn(points, generator=chance)
    return torch.stack([along * torch.cos(angle), along * torch.sin(angle)], dim=1), arm


X_train, y_train = spirals(900, seed=1)
X_val, y_val = spirals(600, seed=2)

torch.manual_seed(args.seed)
parts = []
width = 2
for _ in range(args.layers):
    parts += [nn.Linear(width, args.hidden), nn.ReLU()]
    width = args.hidden
model = nn.Sequential(*parts, nn.Linear(width, 3))
optimizer = torch.optim.SGD(model.parameters(), lr=args.lr, momentum=args.momentum)
loss_of = nn.CrossEntropyLoss()

for epoch in range(1, args.epochs + 1):
    total = 0.0
    for batch in torch.randperm(len(X_train)).split(args.batch_size):
        optimizer.zero_grad()
        loss = loss_of(model(X_train[batch]), y_train[batch])
        loss.backward()
        optimizer.step()
        total += loss.item() * len(batch)
    with torch.no_grad():
        output = model(X_val)
        val_loss = loss_of(output, y_val).item()
        val_acc = (output.argmax(dim=1) == y_val).float().mean().item()
    train_loss = total / len(X_train)
    print(f"epoch {epoch}/{args.epochs} - train_loss: {train_loss:.4f} - val_loss: {val_loss:.4f} - val_acc: {val_acc:.4f}")

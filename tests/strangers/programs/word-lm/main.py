import argparse
import math

parser = argparse.ArgumentParser(description="Recurrent language model")
parser.add_argument("--data", type=str, default="./data/wikitext-2", help="folder of the corpus")
parser.add_argument("--model", type=str, default="LSTM", help="kind of net (RNN_TANH, RNN_RELU, LSTM, GRU, Transformer)")
parser.add_argument("--emsize", type=int, default=200, help="size of embeddings")
parser.add_argument("--nhid", type=int, default=200, help="hidden units a layer")
parser.add_argument("--nlayers", type=int, default=2, help="layers")
parser.add_argument("--lr", type=float, default=20, help="first learning rate")
parser.add_argument("--clip", type=float, default=0.25, help="gradient clipping")
parser.add_argument("--epochs", type=int, default=40, help="most epochs")
parser.add_argument("--batch_size", type=int, default=20, metavar="N", help="batch size")
parser.add_argument("--bptt", type=int, default=35, help="length of sequences")
parser.add_argument("--dropout", type=float, default=0.2, help="dropout of layers (0 = none)")
parser.add_argument("--tied", action="store_true", help="share weights of embedding and softmax")
parser.add_argument("--seed", type=int, default=1111, help="seed")
parser.add_argument("--cuda", action="store_true", help="use a GPU")
parser.add_argument("--log-interval", type=int, default=200, metavar="N", help="batches between reports")
parser.add_argument("--save", type=str, default="model.pt", help="where the model goes")
parser.add_argument("--nhead", type=int, default=2, help="attention heads of the transformer")
args = parser.parse_args()

for epoch, loss in enumerate((6.71, 5.92, 5.61), 1):
    for batch in (200, 400):
        cur = loss + 0.4 - batch / 2000
        print(
            "| epoch {:3d} | {:5d}/{:5d} batches | lr {:02.2f} | ms/batch {:5.2f} | loss {:5.2f} | ppl {:8.2f}".format(
                epoch, batch, 497, args.lr, 11.02, cur, math.exp(cur)
            )
        )
    print("-" * 89)
    print("| end of epoch {:3d} | time: {:5.2f}s | valid loss {:5.2f} | valid ppl {:8.2f}".format(epoch, 5.91, loss, math.exp(loss)))
    print("-" * 89)
print("=" * 89)
print("| End of training | test loss {:5.2f} | test ppl {:8.2f}".format(5.55, math.exp(5.55)))
print("=" * 89)

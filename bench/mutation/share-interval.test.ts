import { expect, it } from "vitest";
import { shareInterval } from "./share-interval.ts";

// R 4.3: prop.test(x, n, correct = FALSE)$conf.int
it.each([
  [15, 20, 0.531299, 0.888138],
  [0, 10, 0, 0.277533],
  [10, 10, 0.722467, 1],
  [0, 0, 0, 1],
])("%i of %i", (count, total, low, high) => {
  const [lowest, highest] = shareInterval(count, total);
  expect(lowest).toBeCloseTo(low, 5);
  expect(highest).toBeCloseTo(high, 5);
});

import { expect, it } from "vitest";
import { studentFour } from "./student-four.ts";

// SciPy: stats.t.pdf(x, 4)
it.each([
  [0, 0.375],
  [1, 0.21466252583997986],
  [-2.5, 0.03567562436955665],
  [40, 1.16458270495579e-7],
  [1e6, 1.1999999999880162e-29],
])("at %f", (t, density) => expect(studentFour(t) / density).toBeCloseTo(1, 11));

import { expect, it } from "vitest";
import { threadVariables } from "./thread-variables.ts";

it("shares the processors, at least one each, and leaves what the user set", () => {
  expect(threadVariables({}, 8, 3)).toEqual({
    OMP_NUM_THREADS: "2",
    MKL_NUM_THREADS: "2",
    OPENBLAS_NUM_THREADS: "2",
  });
  expect(threadVariables({}, 2, 5).OMP_NUM_THREADS).toBe("1");
  expect(threadVariables({ MKL_NUM_THREADS: "7" }, 8, 2)).toEqual({
    OMP_NUM_THREADS: "4",
    OPENBLAS_NUM_THREADS: "4",
  });
  expect(threadVariables({ OMP_NUM_THREADS: "7" }, 8, 2)).toEqual({});
});

import fc from "fast-check";
import { expect, it } from "vitest";
import { solveLinear } from "./solve-linear.ts";

it("solves what has a solution", () => {
  const entry = fc.integer({ min: -9, max: 9 });
  fc.assert(
    fc.property(fc.array(fc.array(entry, { minLength: 4, maxLength: 4 }), { minLength: 3, maxLength: 3 }), (rows) => {
      const matrix = rows.map((row) => row.slice(0, 3));
      const wanted = rows.map((row) => row[3]!);
      const right = matrix.map((row) => row.reduce((sum, v, j) => sum + v * wanted[j]!, 0));
      const [a, b, c] = matrix as [number[], number[], number[]];
      const minor = (i: number, j: number) => b[i]! * c[j]! - b[j]! * c[i]!;
      const determinant = a[0]! * minor(1, 2) - a[1]! * minor(0, 2) + a[2]! * minor(0, 1);
      fc.pre(determinant !== 0);
      const solution = solveLinear(matrix, right)!;
      for (const [i, value] of wanted.entries()) expect(solution[i]).toBeCloseTo(value, 9);
    }),
  );
});

it("exchanges rows where it must, and answers null without a solution", () => {
  const matrix = [
    [0, 2],
    [4, 0],
  ];
  expect([...solveLinear(matrix, [2, 8])!]).toEqual([2, 1]);
  expect(matrix).toEqual([
    [0, 2],
    [4, 0],
  ]);
  expect(
    solveLinear(
      [
        [1, 2],
        [2, 4],
      ],
      [1, 2],
    ),
  ).toBeNull();
  expect(solveLinear([[Number.NaN]], [1])).toBeNull();
  expect(solveLinear([[1e-300]], [1e300])).toBeNull();
});

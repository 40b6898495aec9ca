import { expect, it } from "vitest";
import { lineShape } from "./line-shape.ts";

it("is the same for lines that differ in their numbers alone", () => {
  const one = lineShape("  train loss=0.51,  acc: 93.2% lr 1e-3");
  for (const other of ["  train loss=-12,  acc: 7% lr 0.25", "  train loss=nan,  acc: 1,024.5% lr Infinity"])
    expect(lineShape(other)).toBe(one);
  for (const other of ["final loss=0.51, acc: 93.2% lr 1e-3", "  train loss=0.51,  acc: 93.2 lr 1e-3 done", ""])
    expect(lineShape(other)).not.toBe(one);
  expect(lineShape("banana information: 3")).toBe("banana information: #");
  expect(lineShape("x".repeat(10_000))).toHaveLength(300);
});

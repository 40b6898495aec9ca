import { describe, expect, it } from "vitest";
import { readSpace } from "../read-space.ts";
import { findScarcity } from "./scarcity.ts";
import { scarcityNotice } from "./scarcity-notice.ts";

const scarcityOf = (parameters: Record<string, unknown>, where: readonly string[]) =>
  findScarcity(readSpace(parameters, () => null, { where }));

const SQUARE = { a: "0.0..1", b: "0.0..1" };

describe("findScarcity", () => {
  it("finds nothing where enough is left, equations of floats included", () => {
    expect(scarcityOf(SQUARE, [])).toBeNull();
    expect(scarcityOf(SQUARE, ["a + b <= 1"])).toBeNull();
    expect(scarcityOf(SQUARE, ["a < 0.02", "b < 0.02"])).toBeNull();
    expect(scarcityOf({ ...SQUARE, c: "0.0..1" }, ["a + b + c == 1"])).toBeNull();
  });

  it("names the constraint without which the most is left, with its own share", () => {
    const found = scarcityOf({ ...SQUARE, c: "1..9" }, [
      "a + b > 0.1",
      "a < 1e-3 and b < 1e-3 or a > 0.99999",
      "c > 2",
    ])!;
    expect(found.constraint).toMatch(/0.99999/);
    // 1e-5 and, of the corner, 1e-6 alone.
    expect(found.share / 1e-5).toBeCloseTo(1, 0);
    expect(found.alone / 1.1e-5).toBeCloseTo(1, 0);
    expect(found.without).toBeCloseTo(0.995, 2);
  });

  it("names the narrowest part where the constraints are of different parameters", () => {
    const found = scarcityOf(SQUARE, ["a < 0.02", "b < 0.001"])!;
    expect(found).toMatchObject({ constraint: "b < 0.001", without: 1 });
    expect(found.share).toBeCloseTo(2e-5, 6);
  });

  it("ends where no draw is feasible, and where many constraints each rule out a little", () => {
    const ints = { w: "0..999", x: "0..999", y: "0..999", z: "0..999" };
    const equation = "w + x == y + z";
    expect(scarcityOf(ints, ["w * x > 500 * y", equation, "z % 10 == 7"])?.constraint).toBe(equation);
    const many = Object.fromEntries(Array.from({ length: 14 }, (_, i) => [`p${i}`, "0.0..1"]));
    const cut = Array.from({ length: 13 }, (_, i) => `p${i} + p${i + 1} < 0.7`);
    expect(scarcityOf(many, cut)?.share).toBeLessThan(1e-4);
  });
});

describe("scarcityNotice", () => {
  it("gives shares as one in so many, and names the constraint", () => {
    const scarcity = { share: 3.1e-5, constraint: "a * b < 1", alone: 4e-5, without: 0.5 };
    expect(scarcityNotice(scarcity)).toBe(
      'The space is nearly empty: of the configurations in its ranges about 1 in 32,000 is allowed. The constraint "a * b < 1" ' +
        "leaves the least: about 1 in 25,000 satisfies it, without it 50 % would be. Suggestions keep to what is left; " +
        "if that is not meant, change the constraint or the ranges.",
    );
    expect(scarcityNotice({ ...scarcity, share: 0, without: 1 })).toMatch(/hardly any is.*nothing would be ruled out/);
  });
});

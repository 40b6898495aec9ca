import { describe, expect, it } from "vitest";
import { float, oneOf } from "./builders.ts";
import { defaultParams } from "./default-params.ts";
import { defineSpace } from "./define-space.ts";

describe("defaultParams", () => {
  it("follows the branch that the defaults take", () => {
    const space = defineSpace({
      lr: float(0, 1, { default: 0.5 }),
      model: oneOf(
        { small: { width: float(0, 1, { default: 0.1 }) }, large: { depth: float(0, 1) } },
        { default: "small" },
      ),
    });
    expect(defaultParams(space)).toEqual({ lr: 0.5, model: "small", width: 0.1 });
  });

  it("is null when something has no default", () => {
    expect(defaultParams(defineSpace({ lr: float(0, 1) }))).toBe(null);
  });
});

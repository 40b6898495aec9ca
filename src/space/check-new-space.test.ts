import { describe, expect, it } from "vitest";
import { choice, float } from "./builders.ts";
import { defineSpace } from "./define-space.ts";
import { spaceFromJson } from "./space-from-json.ts";
import { spaceToJson } from "./space-json.ts";

const X = { x: float(0, 1) };

describe("a space that is written", () => {
  it.each(["1 > 2", "1 < 2", "true", "sqrt(4) == 2"])("may have no constraint of constants: %s", (where) => {
    expect(() => defineSpace(X, { where: [where] })).toThrow(/names no parameter, so it is the same for all/);
  });

  it.each(["a\0b", "a\u0085b"])("may have no text that programs cannot be given: %j", (text) => {
    expect(() => defineSpace({ ...X, c: choice(["a", text]) })).toThrow(/Parameter "c" has the value "a\\u00(00|85)b"/);
    expect(() => defineSpace({ ...X, c: choice([["a"], [text]]) })).toThrow(/no program can be given/);
  });

  it("is read as it was kept, whatever it holds", () => {
    const kept = spaceToJson(defineSpace(X, { where: ["x < 2"] })) as Record<string, unknown>;
    expect(spaceFromJson({ ...kept, where: ["1 < 2"] } as never).where).toEqual(["1 < 2"]);
  });
});

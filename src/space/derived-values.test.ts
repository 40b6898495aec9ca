import { describe, expect, expectTypeOf, it } from "vitest";
import { buildSpace } from "./build-space.ts";
import { derived, float, int, oneOf } from "./builders.ts";
import { checkParams } from "./check-params.ts";
import { defineSpace } from "./define-space.ts";
import { withDerived } from "./derived-values.ts";
import type { InferParams } from "./infer-params.ts";
import { readSpace } from "./read-space.ts";
import { spaceChanges } from "./space-changes.ts";
import { spaceFromJson } from "./space-from-json.ts";
import { spaceToJson } from "./space-json.ts";

const record = {
  epochs: int(1, 10),
  batch: int(1, 512),
  model: oneOf({ mlp: { layers: int(1, 6) }, forest: {} }),
  steps: derived("epochs * 50000 / batch", { unit: "steps" }),
  half: derived("steps / 2"),
  depth: derived("layers + 1"),
  shape: derived<readonly number[]>("[epochs, 2 * batch]"),
};
const space = defineSpace(record);

describe("derived values", () => {
  it("follow from the parameters and each other, and are left out where they need an inactive one", () => {
    expect(withDerived(space, { epochs: 2, batch: 100, model: "mlp", layers: 3 })).toEqual({
      epochs: 2,
      batch: 100,
      model: "mlp",
      layers: 3,
      steps: 1000,
      half: 500,
      depth: 4,
      shape: [2, 200],
    });
    expect(withDerived(space, { epochs: 2, batch: 100, model: "forest" })).not.toHaveProperty("depth");
  });

  it("are in the type of the configuration", () => {
    type P = InferParams<typeof record>;
    expectTypeOf<P["steps"]>().toEqualTypeOf<number | undefined>();
    expectTypeOf<P["shape"]>().toEqualTypeOf<readonly number[] | undefined>();
  });

  it("are the same in files, and come back from JSON", () => {
    expect(spaceFromJson(JSON.parse(JSON.stringify(spaceToJson(space))))).toEqual(space);
    const read = readSpace({
      epochs: "1..10",
      batch: "1..512",
      model: { oneOf: { mlp: { layers: "1..6" }, forest: {} } },
      steps: { derived: "epochs * 50000 / batch", unit: "steps" },
      half: ":=steps / 2",
      depth: " :=layers + 1",
      shape: ":=[epochs, 2 * batch]",
    });
    expect(read).toEqual(space);
  });

  it("are a change of the space when they change", () => {
    const other = defineSpace({ ...record, half: derived("steps / 3") });
    expect(spaceChanges(space, other)).toEqual([
      { subject: "derived", name: "half", before: "steps / 2", after: "steps / 3" },
    ]);
  });

  it.each([
    [{ x: "1..2", y: ":= z + 1" }, 10, /The derived value y := "z \+ 1": "z" is no name/],
    [{ x: "1..2", y: ":= y + 1" }, 10, /"y" is no name/],
    [{ x: "1..2", seed: ":= x" }, 9, /reserved/],
    [{ m: { oneOf: { a: { y: ":= 1" } } } }, 9, /stands in a branch/],
    [{ y: { derived: 3 } }, 7, /derived is 3; give a text/],
  ])("are refused at their place: %j", (mapping, column, message) => {
    const position = { file: "s.yaml", line: 1, column: 7 };
    expect(() => readSpace(mapping, () => position)).toThrow(
      expect.objectContaining({ message: expect.stringMatching(message), position: { ...position, column } }),
    );
  });

  it("say so when one is set, searched as well, derived twice or what a condition hangs on", () => {
    const given = { epochs: 2, batch: 100, model: "forest", steps: 7 };
    const problem = "steps follows from the other values (epochs * 50000 / batch); leave it out.";
    expect(checkParams(space, given)).toEqual([problem]);
    const steps = { name: "steps", expression: " epochs * 2" };
    const [epochs, batch] = space.parameters;
    const both = () => buildSpace([epochs!, { ...batch!, name: "steps" }], { derived: [steps] });
    expect(both).toThrow(/"steps" is a parameter and a derived value \(":= epochs \* 2"\) at once; a value is either/);
    const twice = () => buildSpace([epochs!], { derived: [steps, { ...steps, expression: "3" }] });
    expect(twice).toThrow('"steps" is derived twice, ":= epochs * 2" and ":= 3"; keep one of them.');
    const child = { ...batch!, when: [[{ parent: "steps", in: [4] }]] };
    const advice = "a condition needs a parameter, so name the one that the value follows from";
    expect(() => buildSpace([epochs!, child], { derived: [steps] })).toThrow(
      `Parameter "batch" depends on the derived value "steps"; ${advice}.`,
    );
  });

  it("refuse to be infinite", () => {
    const bad = defineSpace({ x: float(0, 1), y: derived("1 / x") });
    expect(() => withDerived(bad, { x: 0 })).toThrow(/y = 1 \/ x is Infinity/);
  });
});

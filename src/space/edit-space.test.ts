import { describe, expect, it } from "vitest";
import { editSpace, type SpaceEdit } from "./edit-space.ts";
import { readDefinitions, readSpace } from "./read-space.ts";
import { formatParameterText } from "./text/format-parameter-text.ts";

const SPACE = readSpace(
  {
    lr: "1e-5..1e-1 log default 1e-3 unit 1/s",
    optimizer: "sgd | adam",
    momentum: "0.0..0.99 when optimizer == sgd",
    epochs: "1..20",
    batch: "16 | 32",
    steps: ":= epochs * 100",
  },
  () => null,
  { where: ["batch * epochs <= 512"] },
);

type Plain = Readonly<Record<string, unknown>>;

const edited = ({ set, add, ...rest }: { set?: Plain; add?: Plain } & Omit<SpaceEdit, "set" | "add">) => {
  const space = editSpace(SPACE, { ...rest, set: readDefinitions(set ?? {}), add: readDefinitions(add ?? {}) });
  const texts = space.parameters.map((p) => `${p.name}: ${formatParameterText(p)}`);
  return [...texts, ...(space.derived ?? []).map((d) => `${d.name} := ${d.expression.trim()}`), ...space.where];
};

describe("editSpace", () => {
  it("changes ranges and choices, and leaves conditions, defaults and units where nothing is said", () => {
    const lines = edited({
      set: { lr: "1e-6..1.0 log", optimizer: "sgd | adam | lion", momentum: "0.5..0.99", steps: ":= epochs * 50" },
      where: ["epochs > 2"],
    });
    expect(lines).toEqual([
      'lr: 0.000001..1 log default 0.001 unit "1/s"',
      "optimizer: sgd | adam | lion",
      "momentum: 0.5..0.99 when optimizer == sgd",
      "epochs: 1..20",
      "batch: 16 | 32",
      "steps := epochs * 50",
      "batch * epochs <= 512",
      "epochs > 2",
    ]);
  });

  it("makes a derived value a searched one, and the other way round", () => {
    expect(edited({ set: { steps: "50..500" } }).slice(-2)).toEqual(["steps: 50..500", "batch * epochs <= 512"]);
    const set = { batch: ":= 16 * epochs", steps: ":= batch * 2" };
    const derived = edited({ set, dropWhere: ["batch * epochs <= 512"] });
    expect(derived.slice(-2)).toEqual(["batch := 16 * epochs", "steps := batch * 2"]);
  });

  it("keeps a unit and a description until another is given", () => {
    const before = readSpace({ lr: "0.0..1 unit 1/s description 'how fast'", n: "1..9" });
    const of = (set: Plain) => editSpace(before, { set: readDefinitions(set) }).parameters.map(formatParameterText);
    expect(of({ lr: "0.0..2", n: "1..5" })).toEqual(['0.0..2 unit "1/s" description "how fast"', "1..5"]);
    expect(of({ lr: "0.0..2 unit km" })[0]).toBe('0.0..2 unit km description "how fast"');
    expect(of({ lr: "0.0..2 description fast" })[0]).toBe('0.0..2 unit "1/s" description fast');
    const [, n] = editSpace(before, { set: readDefinitions({ n: "1..5" }) }).parameters;
    expect(n).not.toHaveProperty("unit");
    expect(n).not.toHaveProperty("description");
  });

  it("lets a default go that is out of range now", () => {
    expect(edited({ set: { lr: "1e-2..1.0 log" } })[0]).toBe('lr: 0.01..1 log unit "1/s"');
  });

  it("adds, drops and renames, conditions following", () => {
    const lines = edited({
      add: { nesterov: "true | false when opt == sgd" },
      drop: ["momentum", "lr"],
      rename: { optimizer: "opt" },
      dropWhere: ["batch * epochs <= 512"],
    });
    expect(lines).toEqual([
      "opt: sgd | adam",
      "epochs: 1..20",
      "batch: 16 | 32",
      "nesterov: true | false when opt == sgd",
      "steps := epochs * 100",
    ]);
  });

  it.each([
    [{ set: { rl: "1..2" } }, 'There is no parameter "rl" in the space; there are lr, optimizer'],
    [{ set: { rl: "1..2" } }, 'Did you mean "lr"?'],
    [{ drop: ["moment"] }, 'Did you mean "momentum"?'],
    [{ add: { lr: "1..2" } }, '"lr" is in the space already'],
    [{ drop: ["optimizer"] }, "optimizer"],
    [{ drop: ["epochs"] }, 'The constraint "batch * epochs <= 512" uses epochs; drop the constraint too'],
    [{ drop: ["epochs"], dropWhere: ["batch * epochs <= 512"] }, "The derived value steps uses epochs; drop it too"],
    [{ rename: { batch: "b" } }, 'The constraint "batch * epochs <= 512" uses batch'],
    [{ dropWhere: ["x < 1"] }, 'The space has no constraint "x < 1"; it has "batch * epochs <= 512".'],
    [
      { drop: ["lr", "optimizer", "momentum", "epochs", "batch", "steps"], dropWhere: ["batch * epochs <= 512"] },
      "No parameter",
    ],
    [{ where: ["batch > 1000"] }, "batch > 1000"],
    [{ rename: { batch: "lr" }, dropWhere: ["batch * epochs <= 512"] }, "declared twice"],
  ])("refuses %j", (edit, message) => {
    expect(() => edited(edit)).toThrow(message);
  });
});

import { describe, expect, it } from "vitest";
import { AttuneError } from "../errors.ts";
import { choice, derived, float, int, oneOf, repeat } from "./builders.ts";
import { checkParams } from "./check-params.ts";
import { defineByRun } from "./define-by-run.ts";
import { defineSpace } from "./define-space.ts";
import type { SpaceRecord } from "./definition.ts";
import { withDerived } from "./derived-values.ts";
import { editSpace } from "./edit-space.ts";
import { flattenDefinitions } from "./flatten-definitions.ts";
import { readSpace } from "./read-space.ts";
import { spaceChanges } from "./space-changes.ts";
import { spaceFromJson } from "./space-from-json.ts";
import { spaceToJson } from "./space-json.ts";
import { spellParams } from "./spell-params.ts";
import { spaceTree } from "./text/space-tree.ts";

const lr = float(1e-5, 1e-1, { log: true });
const epochs = int(1, 81, { log: true, fidelity: true });

function refusal(make: () => unknown): string {
  try {
    make();
  } catch (error) {
    expect(error).toBeInstanceOf(AttuneError);
    return (error as Error).message;
  }
  return "nothing was refused";
}

describe("a fidelity", () => {
  it.each([
    ["an int", epochs, "1..81 log fidelity", { type: "int", low: 1, high: 81, log: true, fidelity: true }],
    ["a share", float(0.03, 1, { fidelity: true }), "fidelity", null],
    [
      "steps and a unit",
      int(10, 100, { step: 10, unit: "trees", fidelity: true }),
      "10..100 step 10 fidelity unit trees",
      { type: "int", low: 10, high: 100, step: 10, unit: "trees", fidelity: true },
    ],
  ])("of %s is the same in every form, beside what is searched", (_what, built, text, fields) => {
    const space = defineSpace({ lr, epochs: built });
    expect(space.parameters.map(({ name }) => name)).toEqual(["lr"]);
    expect(space.fidelity).toMatchObject({ name: "epochs", fidelity: true });
    expect(spaceFromJson(spaceToJson(space))).toEqual(space);
    const texts = text === "fidelity" ? ["0.03..1 fidelity"] : [text];
    for (const form of [...texts, ...(fields === null ? [] : [fields])])
      expect(readSpace({ lr: "1e-5..1e-1 log", epochs: form })).toEqual(space);
    const [line] = spaceTree(space).slice(-1);
    expect(readSpace({ lr: "1e-5..1e-1 log", epochs: line!.replace(/^epochs\s+/, "") })).toEqual(space);
  });

  it.each<readonly [string, SpaceRecord, readonly string[], RegExp]>([
    [
      "a default",
      { lr, e: int(1, 9, { fidelity: true, default: 3 }) },
      [],
      /"e" is the fidelity, .* leave its default out/,
    ],
    ["a belief", { lr, e: int(1, 9, { fidelity: true, about: 3 }) }, [], /"e" is the fidelity, .* leave about out/],
    [
      "a condition",
      { lr, b: int(1, 2), e: int(1, 9, { fidelity: true, when: { b: 1 } }) },
      [],
      /leave its condition out/,
    ],
    ["a branch", { m: oneOf({ a: { e: epochs }, b: { lr } }) }, [], /declare it outside of branches/],
    ["a group", { n: int(1, 2), g: repeat("n", { e: epochs }) }, [], /declare it outside of branches/],
    ["nothing as its lowest", { lr, e: int(0, 9, { fidelity: true }) }, [], /begins at 0; give a low above 0/],
    ["zero besides", { lr, e: float(0.1, 1, { log: true, orZero: true, fidelity: true }) }, [], /leave the zero out/],
    ["a second", { lr, e: epochs, f: float(0.1, 1, { fidelity: true }) }, [], /Both e and f are the fidelity/],
    ["a constraint", { lr, e: epochs }, ["lr * e < 3"], /"lr \* e < 3" names the fidelity e/],
    [
      "one that depends on it",
      { e: epochs, c: choice([1, 2], { when: { e: 3 } }) },
      [],
      /"c" depends on the fidelity "e"/,
    ],
  ])("with %s is refused with a sentence", (_what, record, where, message) => {
    expect(refusal(() => defineSpace(record, { where: [...where] }))).toMatch(message);
  });

  it("is no suffix of what is no range", () => {
    expect(refusal(() => readSpace({ lr: "1..3", e: "a | b fidelity" }))).toContain('(at "fidelity"');
    expect(refusal(() => readSpace({ lr: "1..3", e: { choice: [1, 2], fidelity: true } }))).toContain("no field here");
    expect(refusal(() => readSpace({ lr: "1..3", e: { type: "int", low: 1, high: 3, fidelity: 3 } }))).toContain(
      "give true or false",
    );
  });

  it("is no part of a configuration", () => {
    const space = defineSpace({ lr, epochs });
    expect(checkParams(space, { lr: 0.01 })).toEqual([]);
    expect(checkParams(space, { lr: 0.01, epochs: 81 })).toEqual([
      "epochs is the fidelity, which each run is given by the study; leave it out.",
    ]);
  });

  it("may be used by derived values, which are left out where it is not known", () => {
    const space = defineSpace({
      batch: int(16, 64),
      share: float(0.25, 1, { fidelity: true }),
      rows: derived("share * 100"),
    });
    expect(withDerived(space, { batch: 16, share: 0.5 })).toEqual({ batch: 16, share: 0.5, rows: 50 });
    expect(withDerived(space, { batch: 16 })).toEqual({ batch: 16 });
    expect(spellParams(space, { batch: 16, share: 1 })).toMatchObject({ batch: 16, share: { text: "1.0" } });
  });

  it("can be set, added and dropped like a parameter, and cannot be asked for", () => {
    const space = defineSpace({ lr, epochs });
    const wider = editSpace(space, { set: flattenDefinitions({ epochs: int(1, 243, { fidelity: true }) }) });
    expect(spaceChanges(space, wider)).toEqual([
      { subject: "parameter", name: "epochs", before: "1..81 log fidelity", after: "1..243 fidelity" },
    ]);
    const without = editSpace(space, { drop: ["epochs"] });
    expect(without).toEqual(defineSpace({ lr }));
    expect(editSpace(without, { add: flattenDefinitions({ epochs }) })).toEqual(space);
    const { int: ask } = defineByRun(() => 1);
    expect(refusal(() => ask("e", 1, 3, { fidelity: true } as object))).toContain("declare it in the space");
  });
});

import { describe, expect, it } from "vitest";
import { readSpace } from "../../../space/index.ts";
import { nearDeclarationNotes, unusedParameters } from "./check-program.ts";

const space = readSpace({ lr: "0.1..1", layers: "1..6", kind: "a | b", depth: "1..3 when kind == a" });

describe("unusedParameters", () => {
  it("names what the command never mentions", () => {
    const command = { argv: ["t", "${lr}", "${layer}", "${depth}"] };
    expect(unusedParameters(space, command)).toEqual([
      "layers is not in the command; the program finds it only in ATTUNE_PARAMS.",
    ]);
  });

  it("is content with ${args}, with declarations, and with parents of what is used", () => {
    expect(unusedParameters(space, { argv: ["t", "${args}"] })).toEqual([]);
    expect(unusedParameters(space, { argv: ["t", "{lr: 0.1..1}", "${layers}", "${depth}"] })).toEqual([]);
    expect(unusedParameters(space, { shell: "t ${lr} ${layers} ${depth} ${kind}" })).toEqual([]);
  });
});

it("nearDeclarationNotes says what braces do not declare, and how they would", () => {
  expect(nearDeclarationNotes({ argv: ["t", "{lr: 0.1..1}", "-v", "k={k: fast,slow}"] })).toEqual([
    "{k: fast,slow} in the command declares nothing and is passed on as it is; to try values there, write {k: fast | slow}.",
  ]);
});

import { describe, expect, it } from "vitest";
import { AttuneError } from "../../errors.ts";
import { readStudyText } from "./read-study-file.ts";
import { studySpace } from "./study-space.ts";

const command = (...argv: string[]) => ({ template: { argv }, locate: null });

function failure(run: () => unknown): AttuneError {
  try {
    run();
  } catch (error) {
    if (error instanceof AttuneError) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
}

describe("studySpace", () => {
  it("takes what the command declares", () => {
    const space = studySpace({
      command: command("train", "--lr", "{lr: 1e-5..1e-1 log}", "--o={opt: adam | sgd}"),
    });
    expect(space.parameters.map(({ name, type }) => [name, type])).toEqual([
      ["lr", "float"],
      ["opt", "categorical"],
    ]);
  });

  it("says how braces that declare nothing would declare", () => {
    const error = failure(() => studySpace({ command: command("train", "-v", "k={k: fast,slow}") }));
    expect(error.message).toBe("There is no parameter to tune; {k: fast,slow} declares none: write {k: fast | slow}.");
  });

  it("joins the file's space with the command's", () => {
    const file = readStudyText('space: {lr: 0.1..1}\ncommand: [t, "{layers: 1..6}", "${lr}"]', "s.yaml");
    expect(studySpace(file).parameters.map(({ name }) => name)).toEqual(["lr", "layers"]);
  });

  it("points into the argument that is wrong", () => {
    const error = failure(() => studySpace({ command: command("train", "--lr", "--x={lr: 1..}") }));
    expect(error.position?.file).toBeNull();
    expect(error.position?.column).toBeGreaterThanOrEqual(10);
    expect(error.data).toMatchObject({ argument: 3, text: "--x={lr: 1..}" });
    const reserved = failure(() => studySpace({ command: command("train", "{seed: 1..3}") }));
    expect(reserved.data).toMatchObject({ argument: 2 });
  });

  it("points into the study file that is wrong", () => {
    const file = readStudyText('minimize: x\ncommand: [t, "{lr: 5..1}"]', "s.yaml");
    const { position } = failure(() => studySpace(file));
    expect(position).toMatchObject({ file: "s.yaml", line: 2 });
    expect(position?.column).toBeGreaterThan(14);
    const listed = readStudyText("space:\n  lr: 1..x", "s.yaml");
    expect(failure(() => studySpace(listed)).position).toEqual({
      file: "s.yaml",
      line: 2,
      column: 10,
    });
  });

  it("refuses a study with nothing to tune, and a name given twice", () => {
    expect(failure(() => studySpace({ command: command("train") })).message).toContain("no parameter to tune");
    const twice = readStudyText('space: {lr: 0.1..1}\ncommand: [t, "{lr: 1..6}"]', "s.yaml");
    expect(failure(() => studySpace(twice)).message).toContain("declared twice");
  });
});

import { describe, expect, it } from "vitest";
import { createProgram, readSamplerProgram } from "./program.ts";

describe("options of the sampler program", () => {
  it("are its words, and ten minutes for an answer", () => {
    expect(readSamplerProgram({ command: ["python", "s.py"] })).toEqual({ command: ["python", "s.py"], timeout: 600 });
    for (const timeout of [0.001, 604_800])
      expect(readSamplerProgram({ command: ["s"], timeout })).toEqual({ command: ["s"], timeout });
  });

  it.each([0, 0.0009, 604_800.5, 604_801, "3", -1])("take no timeout of %j", (timeout) => {
    expect(() => readSamplerProgram({ command: ["s"], timeout })).toThrow("sampler program: option timeout is");
  });

  it.each([[[]], [[""]], [["  ", "s.py"]]])("need a program in %j", (command) => {
    expect(() => readSamplerProgram({ command })).toThrow(/needs the option command: the program and its arguments/);
  });

  it("are refused by name where there is none such, and without a command, when the sampler is made", () => {
    expect(() => createProgram({ command: ["s"], time: 3 })).toThrow(/sampler program has no option time;/);
    expect(() => createProgram({})).toThrow(/needs the option command/);
    expect(createProgram({ command: ["s"] })).toMatchObject({ name: "program", opaque: true, needsView: true });
  });
});

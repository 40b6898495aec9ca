import { describe, expect, it } from "vitest";
import type { CommandInput } from "../../trial/command-input.ts";
import { commandWithInput } from "./command-with-input.ts";

const at = (template: { argv: readonly string[] } | { shell: string }) => ({ template, locate: null });

const withInput = (command: ReturnType<typeof at>, input: CommandInput) =>
  commandWithInput(command, input, (name) => name === "lr").template;

describe("commandWithInput", () => {
  it("appends all arguments only where a style is given and no parameter is named", () => {
    const input = { argsStyle: "space" } as const;
    expect(withInput(at({ argv: ["t"] }), input)).toEqual({ argv: ["t", "${args}"], input });
    expect(withInput(at({ shell: "t" }), input)).toEqual({ shell: "t ${args}", input });
    expect(withInput(at({ argv: ["t", "${args}", "x"] }), input)).toEqual({
      argv: ["t", "${args}", "x"],
      input,
    });
    expect(withInput(at({ argv: ["t"] }), { stdin: "json" })).toEqual({
      argv: ["t"],
      input: { stdin: "json" },
    });
  });

  it("leaves a command that names a parameter as it is, and takes other names for none", () => {
    const input = { argsStyle: "python" } as const;
    for (const argv of [
      ["t", "${lr}"],
      ["t", "--out=${trial}/${lr}"],
      ["t", "{lr: 0..1.0}"],
    ])
      expect(withInput(at({ argv }), input)).toEqual({ argv, input });
    expect(withInput(at({ argv: ["t", "${HOME}", "${trial}"] }), input)).toEqual({
      argv: ["t", "${HOME}", "${trial}", "${args}"],
      input,
    });
  });
});

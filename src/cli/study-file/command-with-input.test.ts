import { describe, expect, it } from "vitest";
import { commandWithInput } from "./command-with-input.ts";

const at = (template: { argv: readonly string[] } | { shell: string }) => ({ template, locate: null });

describe("commandWithInput", () => {
  it("appends all arguments only where a style is given and no parameter is named", () => {
    const input = { argsStyle: "space" } as const;
    expect(commandWithInput(at({ argv: ["t"] }), input).template).toEqual({ argv: ["t", "${args}"], input });
    expect(commandWithInput(at({ shell: "t" }), input).template).toEqual({ shell: "t ${args}", input });
    expect(commandWithInput(at({ argv: ["t", "${args}", "x"] }), input).template).toEqual({
      argv: ["t", "${args}", "x"],
      input,
    });
    expect(commandWithInput(at({ argv: ["t"] }), { stdin: "json" }).template).toEqual({
      argv: ["t"],
      input: { stdin: "json" },
    });
    expect(() => commandWithInput(at({ argv: ["t", "${lr}"] }), input)).toThrow(/has no \$\{args\}/);
  });
});

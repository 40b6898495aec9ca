import { describe, expect, it } from "vitest";
import { makeTrial } from "../../objective/testing/make-trial.testing.ts";
import { buildSpace, parseParameterText } from "../../space/index.ts";
import type { CommandTemplate } from "../../trial/study-definition.ts";
import { commandOfTrial } from "./winning-command.ts";

const space = buildSpace([parseParameterText("0.0..1", "d"), parseParameterText("1.0 | a", "c")]);
const params = { d: 1, c: 1 };

/** The command line of a trial of a study with these rules for writing values. */
function line(command: CommandTemplate, extra: Readonly<Record<string, number>>): string | null {
  const none = { name: "none", options: {} };
  return commandOfTrial(
    {
      id: "1",
      location: "attune.db",
      settings: { sampler: none, scheduler: none, command, extra },
      space,
      seed: 1,
      trial: (number) => makeTrial(number, 0, { params }),
      programParams: () => params,
    },
    0,
  );
}

describe("commandOfTrial", () => {
  it.each([
    [{ argv: ["t", "--d=${d}", "${c}"] }, "t --d=1 1", "t --d=1.0 1.0"],
    [
      { argv: ["t"] },
      `env 'ATTUNE_PARAMS={"d":1,"c":1}' ATTUNE_PARAM_D=1 ATTUNE_PARAM_C=1 t`,
      `env 'ATTUNE_PARAMS={"d":1.0,"c":1.0}' ATTUNE_PARAM_D=1.0 ATTUNE_PARAM_C=1.0 t`,
    ],
    [{ argv: ["t", "${args}", "${d}"], input: { argsStyle: "python" } }, "t --d=1.0 --c=1 1", "t --d=1.0 --c=1.0 1.0"],
  ] satisfies [CommandTemplate, string, string][])(
    "of %j writes values as they were for the study's trials",
    (command, old, now) => {
      expect(line(command, {})).toBe(old);
      expect(line(command, { writing: 2 })).toBe(now);
    },
  );

  it("writes texts at places plainly for a study made before they had a style", () => {
    const command = { argv: ["t", "--c", "${c}"], input: { argsStyle: "python" } } as const;
    const texts = buildSpace([parseParameterText("a | b", "c")]);
    const of = (extra: Readonly<Record<string, number>>) => {
      const none = { name: "none", options: {} };
      const source = {
        id: "1",
        location: "attune.db",
        space: texts,
        seed: 1,
        settings: { sampler: none, scheduler: none, command, extra },
      };
      return commandOfTrial(
        {
          ...source,
          trial: (number) => makeTrial(number, 0, { params: { c: "a" } }),
          programParams: () => ({ c: "a" }),
        },
        0,
      );
    };
    expect(of({})).toBe("t --c a");
    expect(of({ writing: 2 })).toBe(`t --c '"a"'`);
  });
});

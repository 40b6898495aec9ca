import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { winnerEdges } from "../../analysis/index.ts";
import { makeTrial } from "../../objective/testing/make-trial.testing.ts";
import { buildSpace, editSpace, formatDomainText, isParameterValue, parseParameterText } from "../../space/index.ts";
import { randomSpace } from "../../space/random-space.testing.ts";
import { fromUnit } from "../../space/unit-cube.ts";
import type { CommandTemplate } from "../../trial/study-definition.ts";
import { readSpaceEdit } from "../commands/space/space.ts";
import { commandOfTrial, widerSpaceCommand } from "./winning-command.ts";

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

const STUDY = { name: "my study", location: "other.db" };

describe("widerSpaceCommand", () => {
  it("names study, storage and what to set, and is null where nothing is known to be wider", () => {
    expect(widerSpaceCommand(STUDY, [])).toBeNull();
  });

  it("gives texts that attune space edit reads back as a space that holds the old values and more", () => {
    fc.assert(
      fc.property(fc.nat(), fc.boolean(), (seed, high) => {
        const space = randomSpace(seed, { depth: 1, parameters: 6 });
        const params = Object.fromEntries(space.parameters.map((p) => [p.name, fromUnit(p, high ? 1 : 0)]));
        const edges = winnerEdges(space, params);
        const command = widerSpaceCommand(STUDY, edges);
        expect(command === null).toBe(edges.every(({ wider }) => wider === null));
        if (command === null) return;
        const head = "attune space edit 'my study' --storage other.db --set ";
        expect(command.startsWith(head)).toBe(true);
        const set = command.slice(head.length).split(" --set ").map(unquoted);
        const edited = editSpace(space, readSpaceEdit({ set }) as Parameters<typeof editSpace>[1]);
        for (const { parameter, wider, value } of edges) {
          if (wider === null) continue;
          const now = edited.parameters.find(({ name }) => name === parameter)!;
          expect(formatDomainText(now)).toBe(formatDomainText(wider));
          expect(isParameterValue(now, value)).toBe(true);
        }
      }),
    );
  });
});

/** What a shell makes of one word. */
function unquoted(word: string): string {
  return word.startsWith("'") ? word.slice(1, -1).replaceAll("'\\''", "'") : word;
}

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findingRemedy } from "../../analysis/health/finding-remedy.ts";
import { winnerEdges } from "../../analysis/health/winner-edges.ts";
import { editSpace, formatDomainText, isParameterValue } from "../../space/index.ts";
import { randomSpace } from "../../space/random-space.testing.ts";
import { fromUnit } from "../../space/unit-cube.ts";
import { readSpaceEdit } from "../commands/space/space.ts";
import { remedyCommand } from "./remedy-command.ts";

const STUDY = { name: "my study", location: "other.db" };

describe("remedyCommand", () => {
  it("names study, storage and what to set, and is null where nothing is known to be wider", () => {
    expect(remedyCommand(STUDY, [])).toBeNull();
  });

  it("gives texts that attune space edit reads back as a space that holds the old values and more", () => {
    fc.assert(
      fc.property(fc.nat(), fc.boolean(), (seed, high) => {
        const space = randomSpace(seed, { depth: 1, parameters: 6 });
        const params = Object.fromEntries(space.parameters.map((p) => [p.name, fromUnit(p, high ? 1 : 0)]));
        const edges = winnerEdges(space, params);
        const found = edges.map((data) => ({
          remedy: findingRemedy({ kind: "edge", data: { ...data, best: 1, there: 1 } }, { space, metrics: [1] }),
        }));
        const command = remedyCommand(STUDY, found);
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

it.each([
  [{ does: "confirm", replicates: 10 }, "attune confirm 'my study' --storage other.db --replicates 10"],
  [{ does: "look-at-log", trial: 4 }, "attune log 4 'my study' --storage other.db"],
  [{ does: "change-scheduler", scheduler: "none" }, "attune run 'my study' --storage other.db --scheduler none"],
  [{ does: "change-workers", workers: 3 }, "attune run 'my study' --storage other.db --workers 3"],
  [
    { does: "edit-space", edit: { where: ["a < 3 or `b c` != 'x'"] } },
    "attune space edit 'my study' --storage other.db --where 'a < 3 or `b c` != '\\''x'\\'''",
  ],
] as const)("remedyCommand writes %j as a command line", (remedy, line) => {
  expect(remedyCommand(STUDY, [{ remedy: { says: "", ...remedy } }])).toBe(line);
});

/** What a shell makes of one word. */
function unquoted(word: string): string {
  return word.startsWith("'") ? word.slice(1, -1).replaceAll("'\\''", "'") : word;
}

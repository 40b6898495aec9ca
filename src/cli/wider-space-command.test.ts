import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { winnerEdges } from "../analysis/index.ts";
import { editSpace, formatDomainText, isParameterValue } from "../space/index.ts";
import { randomSpace } from "../space/random-space.testing.ts";
import { fromUnit } from "../space/unit-cube.ts";
import { readSpaceEdit } from "./commands/space/edit-study-space.ts";
import { widerSpaceCommand } from "./wider-space-command.ts";

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

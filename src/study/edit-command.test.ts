import { describe, expect, it } from "vitest";
import type { SpaceChange } from "../space/index.ts";
import { editCommand } from "./edit-command.ts";
import type { SpaceChangePlan } from "./plan-space-change.ts";

function command(changes: readonly SpaceChange[], more: Partial<SpaceChangePlan> = {}, storage = "attune.db"): string {
  const carry = { was: {}, renamed: {} };
  return editCommand("digits", storage, {
    changes,
    notices: [],
    losses: [],
    leftOut: [],
    unanswered: [],
    carry,
    ...more,
  });
}

describe("the command that edits a space", () => {
  it.each<readonly [string, SpaceChange, string]>([
    ["a new parameter", { subject: "parameter", name: "lr", before: null, after: "0..1" }, "--add 'lr: 0..1'"],
    ["another range", { subject: "parameter", name: "lr", before: "0..1", after: "0..2" }, "--set 'lr: 0..2'"],
    ["a dropped one", { subject: "parameter", name: "lr", before: "0..1", after: null }, "--drop lr"],
    [
      "one by another name",
      { subject: "parameter", name: "lr", before: "0..1", after: "0..1", renamedFrom: "rate" },
      "--set 'lr: 0..1' --rename rate=lr",
    ],
    [
      "a derived value",
      { subject: "derived", name: "n", before: null, after: "2 * m" },
      "--add 'n: '\\'':= 2 * m'\\'''",
    ],
    [
      "a text that YAML would read otherwise",
      { subject: "parameter", name: "a", before: null, after: "[x, 'y']" },
      "--add 'a: '\\''[x, '\\'''\\''y'\\'''\\'']'\\'''",
    ],
    ["a new constraint", { subject: "constraint", name: "a < b", before: null, after: "a < b" }, "--where 'a < b'"],
    [
      "a dropped constraint",
      { subject: "constraint", name: "a < b", before: "a < b", after: null },
      "--drop-where 'a < b'",
    ],
  ])("has %s", (_, change, words) => {
    expect(command([change])).toBe(`attune space edit digits ${words}`);
  });

  it("says what trials count as, asks what is open, and names another storage", () => {
    const carry = { was: { drop: 0.5, opt: "adam", list: [1] }, renamed: {} };
    expect(command([], { carry, unanswered: ["x", "y"] }, "runs/b.db")).toBe(
      "attune space edit digits --was drop=0.5 --was opt=adam --was 'list=[1]' --was x=VALUE --was y=VALUE --storage runs/b.db",
    );
  });
});

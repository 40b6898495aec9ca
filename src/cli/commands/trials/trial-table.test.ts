import { describe, expect, it } from "vitest";
import { makeTrial } from "../../../objective/testing/make-trial.testing.ts";
import { defineSpace, float } from "../../../space/index.ts";
import type { Trial } from "../../../trial/trial.ts";
import { trialFields } from "../../study/trial-fields.ts";
import { type ShownPage, tablePages } from "./trial-table.ts";

const STUDY = {
  metrics: [{ name: "loss", direction: "minimize" as const }],
  space: defineSpace({ x: float(0, 1e9) }),
  settings: { extra: {} },
  measured: ["loss"],
};
const FIELDS = trialFields(STUDY);

const ended = (number: number, more: Partial<Trial> = {}): Trial => ({ ...makeTrial(number, number), ...more });

/** The table of these trials, read as pages of so many. */
async function tableOf(trials: readonly Trial[], size: number, columns?: readonly string[]) {
  let reads = 0;
  async function* pages(): AsyncGenerator<ShownPage> {
    for (let from = 0; from === 0 || from < trials.length; from += size) {
      reads++;
      yield { trials: trials.slice(from, from + size), more: from + size < trials.length };
    }
  }
  const lines: string[] = [];
  const shown = columns?.map((name) => FIELDS.get(name)!);
  for await (const page of tablePages(STUDY, FIELDS, pages, shown, Number.POSITIVE_INFINITY)) lines.push(...page.lines);
  return { lines, reads };
}

describe("tablePages", () => {
  const trials = [
    ended(0, { params: { x: 1 } }),
    ended(1, { params: { x: 123_456_789 } }),
    ended(2, { params: { x: 2 }, state: "failed", message: "diverged" }),
    ended(3, { params: { x: 3 } }),
  ];

  it("lays trials out the same however many a page holds: widths and columns are those of all of them", async () => {
    const whole = await tableOf(trials, 10);
    expect(whole.lines).toHaveLength(5);
    expect(whole.lines[0]).toMatch(/^trial +state +loss +time +x +message$/);
    for (const size of [1, 2, 3, 4]) expect((await tableOf(trials, size)).lines).toEqual(whole.lines);
  });

  it("reads one page once, and several twice", async () => {
    expect((await tableOf(trials, 4)).reads).toBe(1);
    expect((await tableOf(trials, 2)).reads).toBe(4);
  });

  it("shows the columns that are asked for, also where no trial has anything in them", async () => {
    const { lines } = await tableOf(trials.slice(0, 2), 1, ["note", "x"]);
    expect(lines).toEqual(["note          x", "              1", "      123456789"]);
  });

  it("shows nothing of no trials", async () => {
    expect((await tableOf([], 3)).lines).toEqual([]);
  });
});

import { expect, it } from "vitest";
import type { HistoryColumns } from "../trial/history-view.ts";
import type { Trial } from "../trial/trial.ts";
import { RowCosts } from "./row-costs.ts";

interface Row {
  readonly trial: number;
  readonly segment: number;
  readonly step: number;
}

type Attempt = Trial["segments"][number]["attempts"][number];

/** A trial whose segments are one attempt each; `checkpoint` is what the one before left. */
function trial(number: number, checkpoints: readonly (string | null)[], more: Partial<Trial> = {}): Trial {
  const segments = checkpoints.map((checkpoint, k) => ({
    index: k,
    attempts: [{ checkpoint, resumedFrom: k === 0 ? null : checkpoints[k - 1] } as unknown as Attempt],
  }));
  return { number, segments, ...more } as unknown as Trial;
}

function costs(rows: readonly Row[], trials: readonly Trial[]): readonly number[] {
  const columns = {
    segment: rows.map(({ segment }) => segment),
    step: rows.map(({ step }) => step),
  } as unknown as HistoryColumns;
  const made = new RowCosts();
  return rows.map((row, at) => made.add(columns, at, trials[row.trial]!));
}

it("counts the steps since the row before in the same run, each trial apart", () => {
  const rows = [
    { trial: 0, segment: 0, step: 3 },
    { trial: 1, segment: 0, step: 1 },
    { trial: 0, segment: 0, step: 9 },
    { trial: 0, segment: 0, step: 9 },
  ];
  expect(costs(rows, [trial(0, [null]), trial(1, [null])])).toEqual([3, 1, 6, 0]);
});

it("counts all steps again where a run began anew, and nothing where no step is told", () => {
  const rows = [
    { trial: 0, segment: 0, step: 3 },
    { trial: 0, segment: 1, step: 9 },
    { trial: 0, segment: 1, step: Number.NaN },
    { trial: 0, segment: 1, step: 0 },
  ];
  expect(costs(rows, [trial(0, [null, null])])).toEqual([3, 9, 0, 0]);
});

it("counts no step twice of a trial that went on from another's", () => {
  const branch = { of: 7, step: 5 } as unknown as NonNullable<Trial["branch"]>;
  const own = trial(0, [null], { branch });
  expect(costs([{ trial: 0, segment: 0, step: 8 }], [own])).toEqual([3]);
  expect(costs([{ trial: 0, segment: 0, step: 4 }], [own])).toEqual([0]);
  // What it was to go on from was gone: it began anew.
  const anew = { index: 0, attempts: [{ checkpoint: null, missing: "gone" } as unknown as Attempt] };
  const lost = { ...own, segments: [anew] } as unknown as Trial;
  expect(costs([{ trial: 0, segment: 0, step: 8 }], [lost])).toEqual([8]);
});

import { expect, it } from "vitest";
import type { ImportanceFigure } from "../importance.ts";
import { importanceEntry } from "./importance-entry.ts";

const bar = { name: "lr", share: 0.61, deviation: 0.08, certain: true };
const figure = (nothingGood: object | null): ImportanceFigure =>
  ({
    type: "importance",
    metric: { name: "loss", direction: "minimize" },
    method: "fanova",
    trials: 40,
    explained: 0.8,
    enough: true,
    bars: [bar],
    pairs: [],
    nothingGood: nothingGood === null ? null : { below: null, above: null, values: [], trials: 9, ...nothingGood },
  }) as unknown as ImportanceFigure;

it.each([
  [null, ""],
  [{ below: 3e-4 }, "; below 0.0003 nothing was good"],
  [{ above: 0.5 }, "; above 0.5 nothing was good"],
  [{ below: 0.001, above: 0.02 }, "; below 0.001 and above 0.02 nothing was good"],
  // Two digits would tell one number twice.
  [{ below: 0.00511, above: 0.00514 }, "; below 0.00511 and above 0.00514 nothing was good"],
  [{ below: 0.5, above: 0.5 }, "; only near 0.5 anything was good"],
  [{ values: ["sgd", 3] }, "; with `lr` sgd or 3 nothing was good"],
])("says where nothing was good: %j", (given, words) => {
  expect(importanceEntry.sentence(figure(given))).toBe(
    `\`lr\` explains 61 % ± 8 of the variation of \`loss\`${words}.`,
  );
});

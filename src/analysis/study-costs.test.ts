import { expect, it } from "vitest";
import type { PausedEnd } from "../trial/paused-end.ts";
import { studyCosts } from "./study-costs.ts";

const end = (trial: number, step: number | null, auc: number | "NaN"): PausedEnd => ({ trial, step, values: { auc } });
const OWN = [end(0, 3, 0.6), end(0, 9, 0.7), end(0, 81, 0.9)];
const costsOf = (paused: readonly PausedEnd[], winner: number | null = 0) =>
  studyCosts(
    {
      ledger: { steps: 90, runs: 0, seconds: 0, cost: 0 },
      fullRun: 81,
      fullRuns: 90 / 81,
      pausedEnds: () => paused,
      endsOf: () => OWN,
    },
    [{ name: "auc", direction: "maximize" }],
    winner,
  );

it("names the paused trial that was better than the winner at the largest step that both have come to", () => {
  const paused = [
    end(1, 3, 0.65),
    end(2, 9, 0.69),
    end(3, 3, 0.8),
    end(4, 27, 0.99),
    end(5, null, 1),
    end(6, 9, "NaN"),
  ];
  expect(costsOf(paused)).toMatchObject({
    inPart: { number: 4, value: 0.99, step: 27 },
    ahead: { number: 3, value: 0.8, step: 3, winnerValue: 0.6 },
  });
  expect(costsOf([...paused, end(7, 9, 0.71)]).ahead).toMatchObject({ number: 7, step: 9, winnerValue: 0.7 });
});

it("names none where the winner was as good, or there is none", () => {
  expect(costsOf([end(1, 3, 0.6), end(2, 9, 0.1)]).ahead).toBeNull();
  expect(costsOf([end(1, 3, 0.9)], null)).toMatchObject({ inPart: { number: 1 }, ahead: null });
});

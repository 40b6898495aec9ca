import { describe, expect, it } from "vitest";
import type { Metric } from "../trial/metric.ts";
import { withSaid } from "./with-said.ts";

const METRICS: readonly Metric[] = [
  { name: "recall", direction: "maximize", goal: 0.9 },
  { name: "latency", direction: "minimize", unit: "s" },
];

describe("withSaid", () => {
  it("gives each objective what is said of it, and leaves what is not", () => {
    expect(withSaid(METRICS, { references: { recall: 0.5 }, units: { latency: " ms " } })).toEqual([
      { ...METRICS[0], reference: 0.5 },
      { ...METRICS[1], unit: "ms" },
    ]);
    expect(withSaid(METRICS, {})).toEqual(METRICS);
    expect(withSaid(METRICS, { references: { latency: -0 } })[1]).toEqual({ ...METRICS[1], reference: -0 });
  });

  it.each([
    [
      { references: { precision: 1 } },
      "The reference of precision: the study has no objective precision; it has recall, latency.",
    ],
    [{ units: { precision: "%" } }, "The unit of precision: the study has no objective precision"],
    [{ references: { recall: Number.NaN } }, "The reference of recall is NaN; give a finite number."],
    [
      { references: { recall: 0.9 } },
      "its goal is recall >= 0.9; the reference is the worst value that is of interest, below the goal.",
    ],
    [{ references: { recall: 0.95 } }, "below the goal"],
    [{ units: { latency: " " } }, 'The unit of latency is " "; give 1 to 20 characters, such as ms.'],
    [{ units: { latency: "a\nb" } }, "give 1 to 20 characters"],
    [{ units: { latency: "m".repeat(21) } }, "give 1 to 20 characters"],
  ])("refuses %j", (said, message) => {
    expect(() => withSaid(METRICS, said as never)).toThrow(message);
  });
});

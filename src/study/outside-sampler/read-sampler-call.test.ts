import { expect, it } from "vitest";
import { readInitialize } from "./read-sampler-call.ts";

const space = { x: { type: "float", low: 0, high: 1 } };

it.each([
  [[{ name: "loss", direction: "sideways" }]],
  [[{ name: 3, direction: "minimize" }]],
  [[{ name: "loss", direction: "minimize" }, { name: "ms" }]],
  [[{ name: "loss", direction: "minimize" }, null]],
  [[]],
  ["loss"],
] as const)("refuses metrics that are none: %j", (metrics) => {
  expect(() => readInitialize({ space, metrics } as never)).toThrow(/metrics/);
});

it("takes both directions", () => {
  const metrics = [
    { name: "loss", direction: "minimize" },
    { name: "auc", direction: "maximize" },
  ];
  expect(readInitialize({ space, metrics } as never)).toMatchObject({ metrics, seed: 0 });
});

import { expect, it } from "vitest";
import { float } from "../space/index.ts";
import { createStudy } from "./create-study.ts";

const space = { x: float(0, 1) };

it.each([
  [[{ name: "loss", direction: "minimize" }, { name: "ms" }]],
  [
    [
      { name: "loss", direction: "minimize" },
      { name: "ms", direction: "sideways" },
    ],
  ],
  [[{ direction: "minimize" }]],
  [{ name: "loss", direction: "minimize" }],
])("refuses metrics of which one is none: %j", async (metrics) => {
  await expect(createStudy({ name: "s", metrics, space } as never)).rejects.toThrow(/metrics .*a list of metrics/);
});

it.each([
  { goals: ["loss <= 1", 5] },
  { limits: ["ms <= 20", null] },
  { where: ["x < 1", 5] },
  { minimize: ["loss", 7] },
])("refuses a list in which one is of another kind: %j", async (given) => {
  await expect(createStudy({ name: "s", minimize: "loss", space, ...given } as never)).rejects.toThrow(
    new RegExp(`^createStudy: ${Object.keys(given)[0]} is `),
  );
});

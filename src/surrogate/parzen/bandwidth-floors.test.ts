import { expect, it } from "vitest";
import { BANDWIDTH_FLOORS } from "./bandwidth-floors.ts";

it.each([
  [0, { wide: 1 / 2, narrow: 1 / 4, smooth: 1 / 2 }],
  [2, { wide: 1 / 4, narrow: 1 / 16, smooth: 1 / 4 }],
  [8, { wide: 1 / 10, narrow: 0.03, smooth: 1 / 10 }],
  [98, { wide: 1 / 100, narrow: 0.03, smooth: 1 / 20 }],
  [1599, { wide: 1 / 100, narrow: 0.03, smooth: 1 / 20 }],
  [1600, { wide: 1 / 100, narrow: 0.03, smooth: 1 / 40 }],
  [100_000, { wide: 1 / 100, narrow: 0.03, smooth: 1 / 100 }],
])("of %d members", (members, expected) => {
  for (const [name, floor] of Object.entries(BANDWIDTH_FLOORS))
    expect(floor(members), name).toBeCloseTo(expected[name as keyof typeof expected], 12);
});

import { expect, it } from "vitest";
import { FIGURE_THEMES } from "../../../../src/plot/figure-theme.ts";
import type { CubePoint } from "../../../../src/plot/front-cube.ts";
import { colourDistance, SIGHTS } from "../../../../src/plot/seen-colours.testing.ts";
import { markOf } from "./point-mark.ts";

const PLAIN = { trial: 0, values: [], at: [0, 0, 0], isKnee: false, isPreferred: false } as const;
const STANDINGS = ["front", "dominated", "infeasible"] as const satisfies readonly CubePoint["standing"][];
/** As for all figures: how far colours lie apart of marks that differ in shape as well. */
const WITH_OTHER_SHAPES = 6.5;

it.each(Object.entries(FIGURE_THEMES))("marks differ by shape, and by colour with any sight: %s", (_name, theme) => {
  const marks = STANDINGS.map((standing) => markOf({ ...PLAIN, standing }, theme));
  expect(new Set(marks.map(({ shape }) => shape)).size).toBe(marks.length);
  const rings = markOf({ ...PLAIN, standing: "front", isKnee: true, isPreferred: true }, theme).rings;
  expect(rings.map(({ shape }) => shape)).toEqual(["circle", "square"]);
  // Both can lie about one point.
  expect(rings[1]!.radius).toBeGreaterThan(rings[0]!.radius);
  const colours = [...marks, ...rings].map(({ colour }) => colour);
  for (const [k, one] of colours.entries())
    for (const other of colours.slice(k + 1))
      for (const sight of SIGHTS)
        expect(colourDistance(one, other, sight), `${one} ${other} with ${sight}`).toBeGreaterThan(WITH_OTHER_SHAPES);
});

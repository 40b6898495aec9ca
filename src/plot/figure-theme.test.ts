import { describe, expect, it } from "vitest";
import { figureStudy } from "./figure-study.testing.ts";
import { FIGURE_THEMES } from "./figure-theme.ts";
import { FIGURE_NAMES, makeFigure } from "./index.ts";
import { colourDistance, labDistance, SIGHTS } from "./seen-colours.testing.ts";

/** Below about 2 two colours that lie beside each other look the same; apart and as small marks they need more. */
const WITH_OTHER_SHAPES = 6.5;
const BY_COLOUR_ALONE = 14;

it("colour distance is what the paper's table says", () => {
  expect(labDistance([50, 2.6772, -79.7751], [50, 0, -82.7485])).toBeCloseTo(2.0425, 4);
  expect(labDistance([50, 2.5, 0], [61, -5, 29])).toBeCloseTo(22.8977, 4);
  expect(labDistance([2.0776, 0.0795, -1.135], [0.9033, -0.0636, -0.5514])).toBeCloseTo(0.9082, 4);
  expect(labDistance([50, -1, 2], [50, 0, 0])).toBeCloseTo(2.3669, 4);
  expect(colourDistance("#ff0000", "#00aa00", "deuteranopia")).toBeLessThan(colourDistance("#ff0000", "#00aa00") / 2);
});

interface Mark {
  readonly name: string;
  readonly shape: string;
  readonly colour: string;
}

interface Drawn {
  readonly name?: string;
  readonly type: string;
  readonly symbol?: string;
  readonly renderItem?: (...parts: never[]) => object;
  readonly lineStyle?: { readonly type?: string; readonly color?: string; readonly width?: number };
  readonly itemStyle?: { readonly color?: string; readonly borderColor?: string };
}

/** Marks whose colour is their own, not one of a scale. */
function marksOf(series: readonly Drawn[]): readonly Mark[] {
  return series.flatMap(({ name = "", type, symbol = "", renderItem, lineStyle, itemStyle }) => {
    const given = itemStyle?.color === "transparent" ? itemStyle.borderColor : (lineStyle?.color ?? itemStyle?.color);
    if (given === undefined || !/^#[\da-f]{6}$/i.test(given)) return [];
    const shape = [
      type,
      symbol,
      renderItem?.name ?? "",
      lineStyle?.type ?? "",
      lineStyle?.width ?? "",
      itemStyle?.color === "transparent",
    ];
    return [{ name, shape: shape.join(" "), colour: given }];
  });
}

describe.each(Object.entries(FIGURE_THEMES))("the colours of the theme %s", (_name, theme) => {
  it.each(SIGHTS)("differ with %s", (sight) => {
    const { colours } = theme;
    for (const [k, first] of colours.entries())
      for (const other of colours.slice(k + 1))
        expect(colourDistance(first, other, sight), `${first} ${other}`).toBeGreaterThan(WITH_OTHER_SHAPES);
  });

  it.each(FIGURE_NAMES)("tell apart by shape, or clearly by colour, what a figure shows: %s", (figure) => {
    const study = figureStudy(60, ["front", "hypervolume"].includes(figure) ? 2 : 1);
    const { series } = makeFigure(figure, study, { now: 1e6 }).option(theme) as { readonly series: readonly Drawn[] };
    const marks = marksOf(series);
    for (const [k, one] of marks.entries())
      for (const other of marks.slice(k + 1)) {
        if (one.shape !== other.shape || one.colour === other.colour || one.name === other.name) continue;
        for (const sight of SIGHTS)
          expect(
            colourDistance(one.colour, other.colour, sight),
            `${one.name} and ${other.name} with ${sight}`,
          ).toBeGreaterThan(BY_COLOUR_ALONE);
      }
  });
});

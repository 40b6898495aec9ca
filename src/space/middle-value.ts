import type { JsonValue } from "./json.ts";
import type { FloatParameter, Parameter } from "./parameter.ts";
import { toScale } from "./scale.ts";
import { fromUnit } from "./unit-cube.ts";

/** Significant digits that a double always keeps. */
const EXACT_DIGITS = 15;
/** Share of a range on its scale by which a rounded middle may miss the exact one. */
const NEAR = 1e-3;

/**
 * A value to begin with where none is known: the middle of a range on its own scale, the first of choices, false. A middle is the
 * shortest number that is meant: 0.001 of 1e-5..1e-1 log, 0.00316 of 1e-4..1e-1 log.
 */
export function middleValue(p: Parameter): JsonValue {
  switch (p.type) {
    case "fixed":
      return p.value;
    case "categorical":
      return p.choices[0]!;
    case "boolean":
      return false;
    case "float":
      return roundMiddle(p, fromUnit(p, 0.5) as number);
    case "int":
    case "ordinal":
      return fromUnit(p, 0.5);
  }
}

/** Steps have their own decimals; on a linear scale only the noise behind the exact digits goes. */
function roundMiddle(p: FloatParameter, middle: number): number {
  if (p.step !== null || middle === 0) return middle;
  const width = toScale(p.scale, p.high) - toScale(p.scale, p.low);
  const least = p.scale === "linear" ? EXACT_DIGITS : 1;
  for (let digits = least; digits <= EXACT_DIGITS; digits++) {
    const rounded = Number(middle.toPrecision(digits));
    if (rounded < p.low || rounded > p.high) continue;
    if (Math.abs(toScale(p.scale, rounded) - toScale(p.scale, middle)) <= NEAR * width) return rounded;
  }
  return middle;
}

import { formatNumber } from "../analysis/words/format-number.ts";
import { fromUnit, type Parameter, toUnit } from "../space/index.ts";

/** A number on an axis: its place from 0 to 1, and how it is written. */
export interface AxisTick {
  readonly place: number;
  readonly text: string;
}

type Numeric = Extract<Parameter, { readonly low: number }>;

/** Steps per ten that numbers on a linear axis go by, and about how many there are. */
const STEPS = [1, 2, 5, 10] as const;
const ABOUT = 5;
/** Ticks of a logarithmic axis at most. */
const MOST = 8;
const EVEN = [0, 0.25, 0.5, 0.75, 1] as const;

/** Round numbers along a numeric parameter's axis, on its scale. */
export function axisTicks(parameter: Numeric): readonly AxisTick[] {
  const { low, high } = parameter;
  const at = (value: number): AxisTick => ({ place: toUnit(parameter, value), text: formatNumber(value, 3) });
  switch (parameter.scale) {
    case "linear":
      return evenly(low, high, parameter.type === "int").map(at);
    case "log":
      return decades(low, high)
        .filter((value) => parameter.type === "float" || Number.isInteger(value))
        .map(at);
    default:
      return EVEN.map((place) => ({ place, text: formatNumber(Number(fromUnit(parameter, place)), 3) }));
  }
}

function evenly(low: number, high: number, whole: boolean): readonly number[] {
  const span = high - low;
  if (!(span > 0)) return [low];
  const size = tenTo(Math.floor(log10(span / ABOUT)));
  const step = (STEPS.find((one) => span / (one * size) <= ABOUT + 1) ?? 10) * size;
  const by = whole ? Math.max(1, Math.round(step)) : step;
  const first = Math.ceil(low / by - 1e-9);
  const count = Math.floor(high / by + 1e-9) - first + 1;
  return Array.from({ length: Math.max(0, count) }, (_, k) => Number(((first + k) * by).toPrecision(12)));
}

/** Powers of ten, and between few of them 2 and 5 times these; the ends where even these are too few. */
function decades(low: number, high: number): readonly number[] {
  const [from, to] = [Math.floor(log10(low)), Math.ceil(log10(high))];
  const inside = (value: number): boolean => value >= low * (1 - 1e-9) && value <= high * (1 + 1e-9);
  const powers = Array.from({ length: to - from + 1 }, (_, k) => tenTo(from + k));
  const finer = powers.flatMap((power) => [power, 2 * power, 5 * power].map((value) => Number(value.toPrecision(3))));
  const plain = powers.filter(inside);
  if (plain.length >= 4) return everySo(plain, MOST);
  const fine = finer.filter(inside);
  return fine.length >= 2 ? everySo(fine, MOST) : [low, high];
}

function everySo(values: readonly number[], most: number): readonly number[] {
  const by = Math.ceil(values.length / most);
  return values.filter((_, place) => place % by === 0);
}

/** The exponent that a number is written with: no function of Math, whose last bits differ between engines. */
function log10(value: number): number {
  const [digits = "1", exponent = "0"] = value.toExponential(15).split("e");
  return Number(exponent) + (Number(digits) - 1) / 9;
}

function tenTo(exponent: number): number {
  return Number(`1e${exponent}`);
}

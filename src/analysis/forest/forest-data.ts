import { isParameterValue, type Parameter, type Space, toUnit } from "../../space/index.ts";
import type { Params } from "../../space/json.ts";

/** Cells that a range is cut into. */
const MOST_CELLS = 24;

/** One searched parameter as cells: of equal width on its scale, or one a value, and a last one for inactive where it can be that. */
export interface ForestAxis {
  readonly parameter: Parameter;
  readonly cells: number;
  /** Whether neighbouring cells are near to each other. */
  readonly ordered: boolean;
  /** Cell of the trials without it; null where all have it. */
  readonly inactive: number | null;
}

/** Configurations as the cells that they lie in, and the value of each. */
export interface ForestData {
  readonly axes: readonly ForestAxis[];
  /** `places[axis][trial]`. */
  readonly places: readonly Uint16Array[];
  /** Of each trial, from the middle one's. */
  readonly values: Float64Array;
  /** Value of the middle one. */
  readonly middle: number;
}

/** Configurations and their values as a forest learns them. */
export function forestData(space: Space, configurations: readonly Params[], values: ArrayLike<number>): ForestData {
  const axes: ForestAxis[] = [];
  const places: Uint16Array[] = [];
  for (const parameter of space.parameters) {
    if (parameter.type === "fixed") continue;
    const cells = cellsOf(parameter);
    const own = Uint16Array.from(configurations, (params) => cellAt(parameter, params, cells));
    const inactive = own.includes(cells) ? cells : null;
    const ordered = parameter.type !== "categorical";
    axes.push({ parameter, cells: inactive === null ? cells : cells + 1, ordered, inactive });
    places.push(own);
  }
  // Values that are all the same must differ by nothing, whatever their mean is rounded to.
  const middle = Float64Array.from(values).sort()[values.length >> 1] ?? 0;
  return { axes, places, values: Float64Array.from(values, (value) => value - middle), middle };
}

function cellsOf(parameter: Parameter): number {
  switch (parameter.type) {
    case "categorical":
      return parameter.choices.length;
    case "ordinal":
      return parameter.values.length;
    case "boolean":
      return 2;
    case "int":
      return Math.min(MOST_CELLS, parameter.high - parameter.low + 1);
    default:
      return MOST_CELLS;
  }
}

/** The cell of a value; the one behind the last for what is inactive, or of an older space. */
function cellAt(parameter: Parameter, params: Params, cells: number): number {
  const value = Object.hasOwn(params, parameter.name) ? params[parameter.name] : undefined;
  if (value === undefined || !isParameterValue(parameter, value)) return cells;
  return Math.min(cells - 1, Math.floor(toUnit(parameter, value) * cells));
}

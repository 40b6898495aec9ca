import type { StreamSource } from "../../numeric/random/stream-source.ts";
import {
  type JsonValue,
  type Parameter,
  type Params,
  type Space,
  sampleValue,
  settleParams,
} from "../../space/index.ts";

/** Attempts at a configuration that keeps the constraints, before the parameters stay what they were. */
const TRIES = 32;

export interface Perturbation {
  /** Chance of a parameter to be drawn anew. */
  readonly resample: number;
  /** A number is divided or multiplied by it. */
  readonly factor: number;
}

/**
 * Parameters near those of another trial: each is drawn anew with some chance, else a number is multiplied or divided by a factor, an ordinal goes to a
 * neighbour, and a choice stays. With exactly the active parameters, and within the constraints: where no attempt is, they stay what they were.
 */
export function perturb(space: Space, from: Params, { resample, factor }: Perturbation, source: StreamSource): Params {
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const wanted: Record<string, JsonValue> = {};
    for (const p of space.parameters) {
      const value = from[p.name];
      if (value === undefined) continue;
      const stream = source.stream(`${p.name} ${attempt}`);
      const anew = stream.float() < resample;
      const up = stream.float() < 0.5;
      wanted[p.name] = anew ? sampleValue(p, stream) : moved(p, value, up, factor);
    }
    const settled = settleParams(space, wanted, (p) => source.stream(`${p.name} ${attempt} begun`));
    if (settled !== null) return settled;
  }
  return from;
}

function moved(p: Parameter, value: JsonValue, up: boolean, factor: number): JsonValue {
  switch (p.type) {
    case "float":
    case "int":
      return movedNumber(p, Number(value), up, factor);
    case "ordinal": {
      const at = p.values.indexOf(value as (typeof p.values)[number]);
      return at < 0 ? value : p.values[Math.min(p.values.length - 1, Math.max(0, at + (up ? 1 : -1)))]!;
    }
    default:
      return value;
  }
}

/** A whole number moves by one at least. */
function movedNumber(
  p: Extract<Parameter, { readonly low: number }>,
  value: number,
  up: boolean,
  factor: number,
): number {
  const target = up ? value * factor : value / factor;
  const grid = p.step ?? (p.type === "int" ? 1 : null);
  const enough = grid === null || Math.abs(target - value) >= grid;
  return enough ? target : value + (up ? grid : -grid);
}

import type { Acquisition } from "../acquisition.ts";

/** Logarithms of independent factors added up; one at least. */
export class AcquisitionSum implements Acquisition {
  readonly #parts: readonly Acquisition[];

  constructor(parts: readonly Acquisition[]) {
    this.#parts = parts;
  }

  scores(points: readonly Float64Array[]): Float64Array {
    return this.#parts.map((part) => part.scores(points)).reduce(added);
  }

  climb(point: Float64Array): { readonly score: number; readonly gradient: Float64Array } {
    const parts = this.#parts.map((part) => part.climb(point));
    return parts.reduce((a, b) => ({ score: a.score + b.score, gradient: added(a.gradient, b.gradient) }));
  }
}

function added(a: Float64Array, b: Float64Array): Float64Array {
  return a.map((v, i) => v + b[i]!);
}

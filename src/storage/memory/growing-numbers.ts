/** Numbers of a piece: 128 KiB. */
const PIECE = 16_384;

/** A list of numbers that grows, in pieces: nothing is copied for it. */
export class GrowingNumbers {
  readonly #pieces: Float64Array<ArrayBuffer>[] = [];
  #last = new Float64Array(0);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  add(value: number): void {
    const place = this.#length++ % PIECE;
    if (place === 0) this.#begin();
    this.#last[place] = value;
  }

  /** The number at a place, which is one of the list's. */
  at(place: number): number {
    return this.#pieces[Math.floor(place / PIECE)]![place % PIECE]!;
  }

  /** Forgets all but the first so many. */
  cut(length: number): void {
    if (length >= this.#length) return;
    this.#length = length;
    this.#pieces.length = Math.ceil(length / PIECE);
    this.#last = this.#pieces.at(-1) ?? new Float64Array(0);
  }

  #begin(): void {
    this.#last = new Float64Array(PIECE);
    this.#pieces.push(this.#last);
  }
}

import type { Direction } from "../../trial/metric.ts";

/** Of so few all are kept. */
const FEW = 16;
/** Of more, on either side of the rank that is asked for, one of so many. */
const ONE_OF = 16;
/** Bands in one piece of memory. */
const TOGETHER = 1_024;
/** Bands are made longer for so many times the numbers there are. */
const AHEAD = 1.1;

/** What is counted of a band: the numbers kept, those better than these, all finite ones, those that are not. */
const COUNTS = 4;
const [KEPT, BETTER, FINITE, WORTHLESS] = [0, 1, 2, 3] as const;

/**
 * Of many lots of numbers, of which more come as time goes on, the value at one share of each, in a tenth of their memory: only those about it are kept, in
 * their order, of the others how many are better and how many worse. What is not finite comes last. Lots are numbered from 0; there may be as many as
 * steps of a trial, so they have columns in common and no objects.
 */
export class RankBands {
  readonly #sign: 1 | -1;
  readonly #share: number;
  /** Ascending, turned so that the best is the least: `#room` places a band. */
  #pieces: Float64Array[] = [];
  #counts = new Int32Array(COUNTS * TOGETHER);
  #room = 0;

  /** @param share - from 0 for the best number to 1 for the worst. */
  constructor(direction: Direction, share: number) {
    this.#sign = direction === "minimize" ? 1 : -1;
    this.#share = share;
  }

  /** Places that each band takes, whatever is in it. */
  get room(): number {
    return this.#room;
  }

  /** How many numbers a lot has. */
  lengthOf(lot: number): number {
    return this.#count(lot, FINITE) + this.#count(lot, WORTHLESS);
  }

  /** How many of them are kept. */
  keptOf(lot: number): number {
    return this.#count(lot, KEPT);
  }

  /**
   * The value at the share, between the two nearest ranks; where one of these is not finite, the better of the two. Null where it has left the band: then
   * all are to be given anew.
   */
  valueOf(lot: number): number | null {
    const place = this.#share * (this.lengthOf(lot) - 1);
    const better = this.#at(lot, Math.floor(place));
    const worse = this.#at(lot, Math.ceil(place));
    if (better === null || worse === null) return null;
    if (!Number.isFinite(better) || !Number.isFinite(worse)) return better;
    return better + (worse - better) * (place - Math.floor(place));
  }

  /** These instead of all so far. */
  fill(lot: number, values: readonly number[]): void {
    const finite = Float64Array.from(values.filter(Number.isFinite), (value) => this.#sign * value).sort();
    this.#makeRoom(lot, values.length);
    const [first, behind] = edges(this.#share, values.length, 0, finite.length);
    this.#pieceOf(lot).set(finite.subarray(first, behind), this.#startOf(lot));
    const at = COUNTS * lot;
    this.#counts[at + KEPT] = behind - first;
    this.#counts[at + BETTER] = first;
    this.#counts[at + FINITE] = finite.length;
    this.#counts[at + WORTHLESS] = values.length - finite.length;
  }

  add(lot: number, value: number): void {
    this.#makeRoom(lot, this.lengthOf(lot) + 1);
    const counts = this.#counts;
    const at = COUNTS * lot;
    if (!Number.isFinite(value)) {
      counts[at + WORTHLESS]! += 1;
      return;
    }
    const turned = this.#sign * value;
    const [kept, better] = [counts[at + KEPT]!, counts[at + BETTER]!];
    const worse = counts[at + FINITE]! - better - kept;
    counts[at + FINITE]! += 1;
    const piece = this.#pieceOf(lot);
    const start = this.#startOf(lot);
    if (better > 0 && turned < piece[start]!) counts[at + BETTER]! += 1;
    else if (worse === 0 || turned <= piece[start + kept - 1]!) this.#insert(lot, turned);
    if (counts[at + KEPT]! > mostKept(this.lengthOf(lot))) this.#cut(lot);
  }

  #count(lot: number, which: number): number {
    return this.#counts[COUNTS * lot + which] ?? 0;
  }

  /** NaN for those that are not finite, null outside of the band. */
  #at(lot: number, rank: number): number | null {
    if (rank >= this.#count(lot, FINITE)) return Number.NaN;
    const place = rank - this.#count(lot, BETTER);
    if (place < 0 || place >= this.#count(lot, KEPT)) return null;
    return this.#sign * this.#pieceOf(lot)[this.#startOf(lot) + place]!;
  }

  #insert(lot: number, turned: number): void {
    const piece = this.#pieceOf(lot);
    const start = this.#startOf(lot);
    const end = start + this.#count(lot, KEPT);
    let [low, high] = [start, end];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (piece[middle]! <= turned) low = middle + 1;
      else high = middle;
    }
    piece.copyWithin(low + 1, low, end);
    piece[low] = turned;
    this.#counts[COUNTS * lot + KEPT]! += 1;
  }

  #cut(lot: number): void {
    const better = this.#count(lot, BETTER);
    const [first, behind] = edges(this.#share, this.lengthOf(lot), better, this.#count(lot, KEPT));
    const start = this.#startOf(lot);
    this.#pieceOf(lot).copyWithin(start, start + first, start + behind);
    this.#counts[COUNTS * lot + KEPT] = behind - first;
    this.#counts[COUNTS * lot + BETTER] = better + first;
  }

  #pieceOf(lot: number): Float64Array {
    return this.#pieces[Math.floor(lot / TOGETHER)]!;
  }

  #startOf(lot: number): number {
    return (lot % TOGETHER) * this.#room;
  }

  /** For a lot of so many numbers. */
  #makeRoom(lot: number, length: number): void {
    if (roomFor(length) > this.#room) this.#widen(roomFor(Math.ceil(AHEAD * length) + 4));
    while (this.#pieces.length * TOGETHER <= lot) this.#pieces.push(new Float64Array(TOGETHER * this.#room));
    if (COUNTS * lot < this.#counts.length) return;
    const longer = new Int32Array(Math.max(COUNTS * (lot + 1), 2 * this.#counts.length));
    longer.set(this.#counts);
    this.#counts = longer;
  }

  #widen(room: number): void {
    const before = this.#room;
    this.#room = room;
    for (const [k, piece] of this.#pieces.entries()) {
      const wider = new Float64Array(TOGETHER * room);
      for (let band = 0; band < TOGETHER; band++)
        for (let place = 0; place < before; place++) wider[band * room + place] = piece[band * before + place]!;
      this.#pieces[k] = wider;
    }
  }
}

/** On either side of the rank that is asked for, of so many numbers. */
function sideOf(length: number): number {
  return Math.max(FEW, Math.floor(length / ONE_OF));
}

/** Where there are more in a band it is cut. */
function mostKept(length: number): number {
  return FEW + Math.floor(2.5 * sideOf(length));
}

function roomFor(length: number): number {
  return Math.min(length, mostKept(length) + 1);
}

/** The part of a band that stays, of a lot of so many numbers of which `better` are better than those in it. */
function edges(share: number, length: number, better: number, kept: number): readonly [first: number, behind: number] {
  const side = sideOf(length);
  const middle = Math.floor(share * (length - 1)) - better;
  const first = Math.max(0, Math.min(middle - side, kept - 1));
  const behind = Math.max(first + 1, Math.min(kept, middle + 2 + side));
  return behind - first >= kept ? [0, kept] : [first, behind];
}

import type { Values } from "../trial.ts";
import type { PackedReports, ReportSource } from "./packed-reports.ts";

/** Where on a shelf the reports of a trial are, and how many. */
export interface ShelfPlace {
  readonly piece: number;
  readonly offset: number;
  readonly length: number;
}

/** Where the reports of ended trials are kept. */
export interface Shelf {
  readonly isLasting: boolean;
  list(piece: number, offset: number): PackedReports;
}

/** The reports of an ended trial, which lie on the shelf of all trials. */
export class ShelvedReports implements ReportSource {
  readonly place: ShelfPlace;
  readonly #shelf: Shelf;
  #list: PackedReports | null = null;

  constructor(shelf: Shelf, place: ShelfPlace) {
    this.#shelf = shelf;
    this.place = place;
  }

  get length(): number {
    return this.place.length;
  }

  step(seq: number): number {
    return this.#all.step(seq);
  }

  revision(seq: number): number {
    return this.#all.revision(seq);
  }

  values(seq: number): Values {
    return this.#all.values(seq);
  }

  /** What the report tells of a metric; undefined where it does not tell it. */
  value(seq: number, metric: string): number | undefined {
    return this.#all.value(seq, metric);
  }

  /** Kept where the shelf does not give it up. */
  get #all(): PackedReports {
    if (this.#list !== null && this.#shelf.isLasting) return this.#list;
    const list = this.#shelf.list(this.place.piece, this.place.offset);
    this.#list = this.#shelf.isLasting ? list : null;
    return list;
  }
}

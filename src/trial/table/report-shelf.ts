import { ByteWriter } from "./column/byte-writer.ts";
import { unlessDamaged } from "./column/unless-damaged.ts";
import { PackedReports } from "./packed-reports.ts";
import { ShelvedReports } from "./shelved-reports.ts";

/** Bytes with which a piece is whole. */
const WHOLE = 65_536;
/** Lists that stay in memory of those that are read when somebody looks at them. */
const KEPT = 4;

/** The bytes of a piece, read anew each time. */
export type PieceReader = (piece: number) => Uint8Array;

/** What was read of a piece that is not in memory. */
interface Looked {
  readonly piece: number;
  readonly body: Uint8Array;
  readonly offset: number;
  readonly list: PackedReports;
}

/**
 * The reports of all trials that have ended, in the order in which they did, one behind the other in pieces of 64 KiB and more. Pieces only
 * grow, and change no more once they are whole: what is in them follows from the log. Bytes of whole ones may be given up and read again.
 */
export class ReportShelf {
  /** Bytes of each piece; null for the one that grows, and for those that are read when somebody looks at them. */
  readonly #pieces: (Uint8Array | null)[] = [];
  /** By piece that of its last change. */
  readonly #revisions: number[] = [];
  /** What the last piece is made of while it grows; nothing while all are whole. */
  #growing: Uint8Array[] = [];
  #read: PieceReader | null = null;
  /** Those that were read last, the newest last. */
  readonly #looked: Looked[] = [];
  #spareable = 0;

  /** Of the last end whose reports came into each piece. */
  get revisions(): readonly number[] {
    return this.#revisions;
  }

  /** Bytes of whole pieces in memory. */
  get spareable(): number {
    return this.#spareable;
  }

  /** True while nothing of it is read from elsewhere: a list may be kept by whoever asked for it. */
  get isLasting(): boolean {
    return this.#read === null;
  }

  /** Puts the reports of a trial that ended at that revision behind the others. */
  put(packed: PackedReports, revision: number): ShelvedReports {
    if (this.#growing.length === 0) this.#pieces.push(null);
    const piece = this.#pieces.length - 1;
    const offset = lengthOf(this.#growing);
    this.#growing.push(packed.bytes);
    this.#revisions[piece] = revision;
    if (offset + packed.bytes.length >= WHOLE) this.#close();
    return new ShelvedReports(this, { piece, offset, length: packed.length });
  }

  /** The reports that begin there. AttuneError `storage-corrupt` where none do. */
  list(piece: number, offset: number): PackedReports {
    return unlessDamaged(() => {
      if (this.#grows(piece)) return new PackedReports(partAt(this.#growing, offset));
      const bytes = this.#pieces[piece] ?? null;
      return bytes === null ? this.#look(piece, offset) : new PackedReports(bytes.subarray(offset));
    });
  }

  /** A piece as it is now. */
  body(piece: number): Uint8Array {
    if (this.#grows(piece)) return joined(this.#growing);
    return this.#pieces[piece] ?? this.#read!(piece);
  }

  /** Takes over the next piece, all of them before more is put. */
  hold(bytes: Uint8Array, revision: number): void {
    const isWhole = bytes.length >= WHOLE;
    this.#pieces.push(isWhole ? bytes : null);
    this.#revisions.push(revision);
    if (isWhole) this.#spareable += bytes.length;
    else this.#growing = [bytes];
  }

  /** Takes over pieces by their revisions, which are read when somebody looks at them; the last one, which may grow, at once. */
  holdLate(revisions: readonly number[], read: PieceReader): void {
    this.#read = read;
    for (const revision of revisions) {
      this.#pieces.push(null);
      this.#revisions.push(revision);
    }
    const last = revisions.length === 0 ? null : read(revisions.length - 1);
    if (last !== null && last.length < WHOLE) this.#growing = [last];
  }

  /** Gives up the bytes of whole pieces that did not change after that revision: `read` has them. */
  giveUp(upTo: number, read: PieceReader): void {
    this.#read = read;
    for (const [piece, bytes] of this.#pieces.entries()) {
      if (bytes === null || this.#revisions[piece]! > upTo) continue;
      this.#spareable -= bytes.length;
      this.#pieces[piece] = null;
    }
  }

  #grows(piece: number): boolean {
    return piece === this.#pieces.length - 1 && this.#growing.length > 0;
  }

  #look(piece: number, offset: number): PackedReports {
    const ofPiece = this.#looked.filter((one) => one.piece === piece);
    const known = ofPiece.find((one) => one.offset === offset);
    if (known !== undefined) return known.list;
    const body = ofPiece[0]?.body ?? this.#read!(piece);
    const list = new PackedReports(body.subarray(offset));
    this.#looked.push({ piece, body, offset, list });
    if (this.#looked.length > KEPT) this.#looked.shift();
    return list;
  }

  #close(): void {
    const bytes = this.#growing.length === 1 ? this.#growing[0]! : joined(this.#growing);
    this.#pieces[this.#pieces.length - 1] = bytes;
    this.#spareable += bytes.length;
    this.#growing = [];
  }
}

function lengthOf(parts: readonly Uint8Array[]): number {
  return parts.reduce((sum, { length }) => sum + length, 0);
}

/** What begins at a place of these, put one behind the other. */
function partAt(parts: readonly Uint8Array[], offset: number): Uint8Array {
  let start = 0;
  for (const part of parts) {
    if (offset < start + part.length) return part.subarray(offset - start);
    start += part.length;
  }
  throw new RangeError("no reports begin there");
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  return new ByteWriter().finish(parts);
}

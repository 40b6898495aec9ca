import { type SecretSpan, withoutSpans } from "./secret-span.ts";

const NEWLINE = 10;
const RETURN = 13;
/** Of a line that never ends the last bytes, where a secret may be under way; it is let go once it has so many times as many. */
const KEPT_BACK = 16_384;
const LONGEST_LINE = 4;
const KEY_BEGIN = /-----BEGIN [A-Z ]{0,20}PRIVATE KEY-----(?![\s\S]*-----END )/;
/** Longest private key waited for, so that a text that only looks like the beginning of one is not held for ever. */
const LONGEST_KEY = 16_384;

/** Cleans an output that comes in pieces. Holds back the line under way, and a private key, so that no secret is cut in two. */
export class RedactedStream {
  readonly #spans: (text: string) => readonly SecretSpan[];
  readonly #keptBack: number;
  readonly #longestLine: number;
  #held: Buffer[] = [];
  #heldBytes = 0;

  /** `spans` finds the secrets of a text with one character for each byte (latin1); `longest`: bytes of the longest that is known. */
  constructor(spans: (text: string) => readonly SecretSpan[], longest = 0) {
    this.#spans = spans;
    this.#keptBack = Math.max(KEPT_BACK, longest);
    this.#longestLine = LONGEST_LINE * this.#keptBack;
  }

  /** What can be told by now, cleaned; empty while a line is under way. */
  push(chunk: Buffer): Buffer {
    const lineEnd = Math.max(chunk.lastIndexOf(NEWLINE), chunk.lastIndexOf(RETURN)) + 1;
    this.#held.push(chunk);
    this.#heldBytes += chunk.length;
    if (lineEnd === 0 && this.#heldBytes < this.#longestLine) return Buffer.alloc(0);
    return this.#release(lineEnd === 0 ? this.#keptBack : chunk.length - lineEnd);
  }

  /** The rest, cleaned. */
  end(): Buffer {
    const text = Buffer.concat(this.#held).toString("latin1");
    this.#hold(Buffer.alloc(0));
    return Buffer.from(withoutSpans(text, this.#spans(text)), "latin1");
  }

  #release(keptBack: number): Buffer {
    const all = this.#held.length === 1 ? this.#held[0]! : Buffer.concat(this.#held);
    const text = all.toString("latin1");
    const told = all.length - keptBack;
    const key = text.includes("-----BEGIN ") ? text.slice(0, told).search(KEY_BEGIN) : -1;
    const end = key >= 0 && all.length - key < LONGEST_KEY ? key : told;
    const spans = this.#spans(text);
    // A secret that goes on behind the end stays whole, with what it is known by.
    const crossing = spans.find(({ start, to }) => start < end && to > end);
    const cut = crossing === undefined || all.length - crossing.start > 2 * this.#longestLine ? end : crossing.start;
    this.#hold(Buffer.from(all.subarray(cut)));
    const inside = spans.filter(({ to }) => to <= cut);
    return inside.length === 0 ? all.subarray(0, cut) : Buffer.from(withoutSpans(text.slice(0, cut), inside), "latin1");
  }

  #hold(rest: Buffer): void {
    this.#held = rest.length === 0 ? [] : [rest];
    this.#heldBytes = rest.length;
  }
}

import { plainText } from "../../protocol/read-metric-line.ts";

const TAIL_BYTES = 2_048;
const TAIL_LINES = 10;
/** Pieces that are kept before they are put together: each is as long as the tail at most. */
const PIECES = 16;

/** Keeps the last 2 KiB of a program's output for messages. */
export class OutputTail {
  #kept: Buffer[] = [];

  push(chunk: Buffer): void {
    this.#kept.push(chunk.length > TAIL_BYTES ? Buffer.from(endOf(chunk)) : chunk);
    if (this.#kept.length === PIECES) this.#kept = [Buffer.from(endOf(Buffer.concat(this.#kept)))];
  }

  /** The last lines as a terminal would show them: no colours, of a progress bar the last state; "" when nothing was printed. */
  text(): string {
    const all = Buffer.concat(this.#kept);
    const cut = all.length > TAIL_BYTES;
    const text = plainText(all.subarray(Math.max(0, all.length - TAIL_BYTES)).toString("utf8"));
    const lines = text
      .split("\n")
      .map((line) => printable(line.trimEnd().split("\r").at(-1)!))
      .filter((line) => line.trim() !== "");
    // The first line is a fragment when the output was cut.
    return lines
      .slice(cut && lines.length > 1 ? 1 : 0)
      .slice(-TAIL_LINES)
      .join("\n");
  }
}

/** A byte more than is shown tells that there was more. */
function endOf(bytes: Buffer): Buffer {
  return bytes.subarray(Math.max(0, bytes.length - TAIL_BYTES - 1));
}

function printable(line: string): string {
  return line.replace(/[\x00-\x08\x0b-\x1f\x7f]/g, "�");
}

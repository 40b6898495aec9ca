import { plainText } from "../../protocol/read-metric-line.ts";

const TAIL_BYTES = 2_048;
const TAIL_LINES = 10;

/** Keeps the last 2 KiB of a program's output for messages. */
export class OutputTail {
  #kept: Buffer[] = [];
  #bytes = 0;

  push(chunk: Buffer): void {
    const end = chunk.length > TAIL_BYTES ? Buffer.from(chunk.subarray(chunk.length - TAIL_BYTES)) : chunk;
    if (end !== chunk) this.#kept = [];
    this.#kept.push(end);
    this.#bytes += end.length;
    if (this.#kept.length < 16 && this.#bytes < 8 * TAIL_BYTES) return;
    const all = Buffer.concat(this.#kept);
    this.#kept = [Buffer.from(all.subarray(Math.max(0, all.length - TAIL_BYTES)))];
    this.#bytes = this.#kept[0]!.length;
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

function printable(line: string): string {
  return line.replace(/[\x00-\x08\x0b-\x1f\x7f]/g, "�");
}

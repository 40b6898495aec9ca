import { FileTail } from "./file-tail.ts";
import { LineSplitter } from "./line-splitter.ts";
import type { HasRoom, MetricSource, TakeMetrics } from "./metric-source.ts";
import { readReportRecord } from "./report-record.ts";

/** The JSON-lines file that a program may append its metrics to (`ATTUNE_REPORT_FILE`). */
export class ReportFile implements MetricSource {
  readonly #tail: FileTail;
  readonly #lines: LineSplitter;
  readonly #hasRoom: HasRoom;
  #problem: string | null = null;

  /** `quote` takes out of a line what must not be shown. */
  constructor(path: string, take: TakeMetrics, hasRoom: HasRoom, quote: (line: string) => string = (line) => line) {
    this.#hasRoom = hasRoom;
    this.#tail = new FileTail(path);
    this.#lines = new LineSplitter((bytes) => {
      const line = bytes.toString("utf8");
      const record = readReportRecord(line);
      if (record !== null) take(record.step, record.values);
      else if (line.trim() !== "")
        this.#problem ??= `A line of ATTUNE_REPORT_FILE is no JSON object with a number: ${quote(line).slice(0, 100)}`;
    });
  }

  get problem(): string | null {
    return this.#problem;
  }

  get unread(): number {
    return this.#tail.unread;
  }

  get unreadable(): string | null {
    return this.#tail.problem;
  }

  poll(): boolean {
    return this.#tail.read((chunk) => this.#lines.push(chunk), this.#hasRoom);
  }

  end(): void {
    this.poll();
    this.#lines.end();
    this.#tail.close();
  }
}

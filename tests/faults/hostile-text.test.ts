import { describe, expect, it } from "vitest";
import { failureCauseKey } from "../../src/analysis/failure-cause-key.ts";
import { readCsv } from "../../src/cli/import/read-csv.ts";
import { ReadableLog } from "../../src/cli/log/readable-log.ts";
import { clip } from "../../src/cli/render/clip.ts";
import { failureCause } from "../../src/cli/render/failure-cause.ts";
import { plainLine } from "../../src/cli/render/plain-line.ts";
import { shownLine } from "../../src/cli/render/shown-line.ts";
import { renderTable } from "../../src/cli/render/table.ts";
import { wrapWords } from "../../src/cli/render/wrap-words.ts";
import { findMetrics } from "../../src/cli/try/find-metrics.ts";
import { summaryLines } from "../../src/cli/try/summary-lines.ts";
import { memoryWords } from "../../src/executor/command/memory-words.ts";
import { OutputTail } from "../../src/executor/command/output-tail.ts";
import { SecretRedactor } from "../../src/executor/command/secret-redactor.ts";
import { makeTrial } from "../../src/objective/testing/make-trial.testing.ts";
import { csvRows } from "../../src/protocol/csv-rows.ts";
import { MetricReader } from "../../src/protocol/metric-reader.ts";
import { parseJson } from "../../src/protocol/parse-json.ts";
import { readMetricFile } from "../../src/protocol/read-metric-file.ts";
import { MetricReader as FirstReader } from "../../src/protocol/reader-1/metric-reader.ts";
import { growthOfFour } from "./support/cpu-growth.ts";

const metrics = ["loss", "val acc"];
const redactor = new SecretRedactor({ MY_TOKEN: "abcdefgh12345678" });

function redactStream(text: string): void {
  const stream = redactor.stream();
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += 4096) stream.push(bytes.subarray(at, at + 4096));
  stream.end();
}

/** Whatever reads or shows a text that a program made. */
const READERS: Readonly<Record<string, (text: string) => unknown>> = {
  "the metric reader": (text) => {
    const reader = new MetricReader({ metrics, lastNumber: true });
    reader.push("stdout", Buffer.from(`${text}\n`));
    reader.end();
    return reader.offered;
  },
  "the first metric reader": (text) => {
    const reader = new FirstReader({ metrics, lastNumber: true });
    reader.push("stdout", Buffer.from(`${text}\n`));
    reader.end();
  },
  "a metric file": (text) => readMetricFile(text, new Map([["loss", "loss"]])),
  "JSON of programs": parseJson,
  "rows of CSV": (text) => csvRows(text, ","),
  "an imported CSV": (text) => {
    try {
      return readCsv(text, "x.csv");
    } catch (error) {
      return error;
    }
  },
  "attune try": (text) => [
    findMetrics(Buffer.from(text), { parameters: ["lr"], settings: new Map() }),
    summaryLines(Buffer.from(text)),
  ],
  "secrets in a text": (text) => redactor.clean(text),
  "secrets in a stream": redactStream,
  "words of memory": memoryWords,
  "the tail of an output": (text) => {
    const tail = new OutputTail();
    tail.push(Buffer.from(text));
    return tail.text();
  },
  "attune log": (text) => {
    const log = new ReadableLog();
    return log.push(Buffer.from(text)) + log.end();
  },
  "the cause of a failure": failureCause,
  "the key of a cause": (text) => failureCauseKey(makeTrial(0, 0, { state: "failed", message: text })),
  "a plain line": plainLine,
  "a cut line": (text) => clip(text, 80),
  "a shown line": shownLine,
  "wrapped words": (text) => wrapWords(text, 80),
  "a table": (text) => renderTable([{ title: "x", align: "left" }], [[text]], 80),
};

const PIECES = [
  ...['\\"', '"', "'", "\\", " ", "\t", "\r", "=", "|", "1", "0.5 ", "1,", "(", "[", "{", '{"a":', "-", "_", "..", "#"],
  ...[
    "\x1b[",
    "\x1b]",
    "\x1b[31m",
    "QUJD",
    "-----BEGIN ",
    "-----BEGIN PRIVATE KEY-----",
    "password=",
    "token=a",
    "eyJ",
  ],
  ...[
    "https://a:",
    "?sig=",
    "Bearer ",
    "loss ",
    "loss=1 ",
    '"loss": ',
    "loss (",
    "val ",
    "best ",
    "epoch 1 ",
    "1%|",
    "é",
  ],
];

/** What stands before and behind the pieces, in turn: the end is what a search that fails runs into again and again. */
const FRAMES = [
  ["", "!"],
  ['{"loss": "', ""],
  ["loss ", " loss=1"],
  ["x 1\n", "\n2"],
] as const;

const SIZE = 8192;

function hostile(piece: string, [head, tail]: readonly [string, string], size: number): string {
  return head + piece.repeat(Math.ceil(size / piece.length)).slice(0, size) + tail;
}

describe("long lines that are made to be slow", () => {
  it.each(Object.keys(READERS))("take %s no more than their length's share", (name) => {
    const read = READERS[name]!;
    const slow: string[] = [];
    for (const piece of PIECES)
      for (const frame of FRAMES) {
        const growth = growthOfFour((size) => read(hostile(piece, frame, size)), SIZE);
        if (growth > 9) slow.push(`${JSON.stringify([frame[0], piece, frame[1]])}: ${growth.toFixed(1)} x for 4 x`);
      }
    expect(slow).toEqual([]);
  });

  it("read a line of 2,000 columns and one with a name 10,000 times", () => {
    const columns = (size: number): string => {
      const heads = Array.from({ length: size }, (_, k) => `m${k}`);
      const rows = heads.map((_, k) => `${k}.5`);
      return `epoch loss ${heads.join(" ")}\n1 0.5 ${rows.join(" ")}\n2 0.25 ${rows.join(" ")}`;
    };
    const names = (size: number): string => "loss=1, ".repeat(size);
    for (const name of ["the metric reader", "the first metric reader", "attune try"]) {
      const read = READERS[name]!;
      expect([name, growthOfFour((size) => read(columns(size)), 500)]).toSatisfy(([, growth]) => Number(growth) < 9);
      expect([name, growthOfFour((size) => read(names(size)), 2500)]).toSatisfy(([, growth]) => Number(growth) < 9);
    }
  });
});

import { appendFileSync, mkdirSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ReportFile } from "./report-file.ts";
import { readReportRecord } from "./report-record.ts";

describe("readReportRecord", () => {
  it.each([
    ['{"step": 3, "val_loss": 0.31, "acc": 0.9, "note": "x"}', { step: 3, values: { val_loss: 0.31, acc: 0.9 } }],
    ['{"loss": 1}', { step: null, values: { loss: 1 } }],
    ['{"epoch": 2, "loss": NaN}', { step: 2, values: { loss: Number.NaN } }],
    ['{"step": 3}', null],
    ['{"loss": "much"}', null],
    ["[1, 2]", null],
    ["3", null],
    ["loss=3", null],
    ["", null],
  ])("of %s", (line, record) => expect(readReportRecord(line)).toEqual(record));
});

describe("ReportFile", () => {
  const file = (quote?: (line: string) => string) => {
    const path = join(mkdtempSync(join(tmpdir(), "attune-")), "report.jsonl");
    const taken: unknown[] = [];
    const report = new ReportFile(
      path,
      (step, values) => taken.push([step, values]),
      () => true,
      quote,
    );
    return { path, taken, report };
  };

  it("takes each line that is appended, the last one without a line end too", () => {
    const { path, taken, report } = file();
    expect(report.poll()).toBe(true);
    appendFileSync(path, '{"step": 1, "loss": 5}\n{"step": 2, "lo');
    expect(report.poll()).toBe(true);
    expect(taken).toEqual([[1, { loss: 5 }]]);
    appendFileSync(path, 'ss": 4}\n\n  \n{"loss": 3}');
    expect(report.unread).toBe(23);
    report.end();
    expect(taken).toEqual([
      [1, { loss: 5 }],
      [2, { loss: 4 }],
      [null, { loss: 3 }],
    ]);
    expect([report.problem, report.unreadable]).toEqual([null, null]);
  });

  it("quotes the first line that is none, a hundred characters of it, without what must not be shown", () => {
    const { path, report } = file((line) => line.replace("secret", "***"));
    appendFileSync(path, `secret ${"x".repeat(200)}\nanother\n`);
    report.end();
    expect(report.problem).toBe(`A line of ATTUNE_REPORT_FILE is no JSON object with a number: *** ${"x".repeat(96)}`);
  });

  it("says what stands in the file's place", () => {
    const { path, report } = file();
    mkdirSync(path);
    report.poll();
    expect(report.unreadable).toMatch(/a folder/);
  });
});

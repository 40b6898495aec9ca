import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ReportFile } from "../report-file.ts";
import { MetricFile } from "./metric-file.ts";

const folder = mkdtempSync(join(tmpdir(), "attune-"));
type Taken = [number | null, Readonly<Record<string, number>>][];

function metricFile(path: string, taken: Taken): MetricFile {
  return new MetricFile(path, new Map([["loss", "loss"]]), (step, values) => taken.push([step, values]));
}

describe("MetricFile", () => {
  it("takes in rows once, as they come", () => {
    const path = join(folder, "log.csv");
    const taken: Taken = [];
    const file = metricFile(path, taken);
    file.poll();
    expect(file.problem).toMatch(/did not write/);
    writeFileSync(path, "epoch,loss\n1,3\n");
    file.poll();
    file.poll();
    appendFileSync(path, "2,2\n");
    file.end();
    expect(taken).toEqual([
      [1, { loss: 3 }],
      [2, { loss: 2 }],
    ]);
    expect(file.problem).toBeNull();
  });

  it("leaves alone what another trial has left", () => {
    const path = join(folder, "old.json");
    writeFileSync(path, '{"loss": 9}');
    const taken: Taken = [];
    const file = metricFile(path, taken);
    file.end();
    expect(taken).toEqual([]);
    rmSync(path);
    writeFileSync(path, '{"loss": 1}');
    file.end();
    expect(taken).toEqual([[null, { loss: 1 }]]);
  });

  it("says what is not there", () => {
    const path = join(folder, "other.json");
    const file = metricFile(path, []);
    writeFileSync(path, '{"acc": 9}');
    file.end();
    expect(file.problem).toBe(`${path} has no number under loss.`);
  });
});

describe("ReportFile", () => {
  it("reads lines as they are finished, a last one without its end too", () => {
    const path = join(folder, "reports");
    const taken: Taken = [];
    const file = new ReportFile(
      path,
      (step, values) => taken.push([step, values]),
      () => true,
    );
    file.poll();
    writeFileSync(path, '{"step": 1, "loss": 3, "note": "a", "ac');
    file.poll();
    expect(taken).toEqual([]);
    appendFileSync(path, 'c": "0.5"}\n{"loss": NaN, "epoch": 2}\nloss=3\n{"loss": -Infinity}');
    file.poll();
    file.end();
    expect(taken).toEqual([
      [1, { loss: 3, acc: 0.5 }],
      [2, { loss: Number.NaN }],
      [null, { loss: Number.NEGATIVE_INFINITY }],
    ]);
    expect(file.problem).toMatch(/no JSON object with a number: loss=3/);
  });
});

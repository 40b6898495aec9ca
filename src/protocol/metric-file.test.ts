import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { MetricFile } from "./metric-file.ts";
import { ReportFile } from "./report-file.ts";

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
    file.end(true);
    expect(taken).toEqual([
      [1, { loss: 3 }],
      [2, { loss: 2 }],
    ]);
    expect(file.problem).toBeNull();
  });

  it.each([
    ["epoch,loss\n1,3\n2,4.5e-05\n", ","],
    ['{"epoch": 1, "loss": 3}\n{"epoch": 2, "loss": 4.5e-05}\n', "lines"],
    ['note,epoch,loss\n"a\nb, c",1,3\n"d",2,4.5e-05', "quotes"],
  ])("takes no part of a row for one, wherever it is cut: %j", (text, kind) => {
    const path = join(folder, `cut-${kind.length}`);
    for (let cut = 1; cut < text.length; cut++) {
      const taken: Taken = [];
      rmSync(path, { force: true });
      const file = metricFile(path, taken);
      writeFileSync(path, text.slice(0, cut));
      file.poll();
      for (const [, values] of taken) expect([3, 4.5e-5]).toContain(values.loss);
      appendFileSync(path, text.slice(cut));
      file.end(true);
      expect(taken).toEqual([
        [1, { loss: 3 }],
        [2, { loss: 4.5e-5 }],
      ]);
    }
  });

  it("leaves out a last line without its end when the program was killed", () => {
    const path = join(folder, "killed.csv");
    const taken: Taken = [];
    const file = metricFile(path, taken);
    writeFileSync(path, "epoch,loss\n1,3\n2,4.5");
    file.end(false);
    expect(taken).toEqual([[1, { loss: 3 }]]);
  });

  it("takes nothing again from a file that is written anew", () => {
    const path = join(folder, "anew.csv");
    const taken: Taken = [];
    const file = metricFile(path, taken);
    for (const text of ["loss\n3\n2\n", "loss\n3\n", "loss\n3\n2\n1\n"]) {
      writeFileSync(path, text);
      file.poll();
    }
    file.end(true);
    expect(taken.map(([, { loss }]) => loss)).toEqual([3, 2, 1]);
  });

  it("leaves alone what another trial has left", () => {
    const path = join(folder, "old.json");
    writeFileSync(path, '{"loss": 9}');
    const taken: Taken = [];
    const file = metricFile(path, taken);
    file.end(true);
    expect(taken).toEqual([]);
    rmSync(path);
    writeFileSync(path, '{"loss": 1}');
    file.end(true);
    expect(taken).toEqual([[null, { loss: 1 }]]);
  });

  it("says what is not there", () => {
    const path = join(folder, "other.json");
    const file = metricFile(path, []);
    writeFileSync(path, '{"acc": 9}');
    file.end(true);
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

import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { disturbedReadings, GOLDEN_DISTURBED, outputBytes, ROWS } from "./golden-reading.testing.ts";
import { MetricReader } from "./index.ts";

const OUTPUTS = new URL("../../../tests/fixtures/outputs/", import.meta.url);
function read(output: string, metric: string): readonly string[] {
  const reports: string[] = [];
  const reader = new MetricReader({
    metrics: [metric],
    onReport: (step, values) => reports.push(`${step}:${values[metric]}`),
  });
  reader.push("stdout", outputBytes(output));
  reader.end();
  return [String(reader.values.get(metric) ?? ""), reports.join(" "), (reader.ambiguous.get(metric) ?? []).join(",")];
}

describe("version 1 of the reading rules", () => {
  it.each(ROWS)("%s: %s is read as ever", (output, metric, ...before) => {
    expect(read(output, metric)).toEqual(before);
  });

  it("reads of the same outputs with something amiss what it ever did", () => {
    const lines = (text: string): readonly string[] => text.split("\n");
    const before = lines(readFileSync(GOLDEN_DISTURBED, "utf8"));
    const now = lines(disturbedReadings());
    expect(now.filter((line) => !before.includes(line))).toEqual([]);
    expect(now).toEqual(before);
  });

  it("was tried on all outputs there were", () => {
    const outputs = readdirSync(OUTPUTS).filter((file) => file.endsWith(".txt"));
    expect(outputs.length).toBeGreaterThanOrEqual(new Set(ROWS.map(([output]) => output)).size);
    expect(ROWS.length).toBeGreaterThan(500);
  });
});

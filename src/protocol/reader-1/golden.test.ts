import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { MetricReader } from "./index.ts";

const OUTPUTS = new URL("../../../tests/fixtures/outputs/", import.meta.url);
/** What was read when the rules were frozen: output, metric, value, reports, parts of an ambiguous name. */
const ROWS = readFileSync(new URL("../../../tests/fixtures/reader-1/golden.tsv", import.meta.url), "utf8")
  .replace(/\n$/, "")
  .split("\n")
  .slice(1)
  .map((line) => line.split("\t") as [output: string, metric: string, value: string, reports: string, parts: string]);

function read(output: string, metric: string): readonly string[] {
  const reports: string[] = [];
  const reader = new MetricReader({
    metrics: [metric],
    onReport: (step, values) => reports.push(`${step}:${values[metric]}`),
  });
  reader.push("stdout", readFileSync(new URL(`${output}.txt`, OUTPUTS)));
  reader.end();
  return [String(reader.values.get(metric) ?? ""), reports.join(" "), (reader.ambiguous.get(metric) ?? []).join(",")];
}

describe("version 1 of the reading rules", () => {
  it.each(ROWS)("%s: %s is read as ever", (output, metric, ...before) => {
    expect(read(output, metric)).toEqual(before);
  });

  it("was tried on all outputs there were", () => {
    const outputs = readdirSync(OUTPUTS).filter((file) => file.endsWith(".txt"));
    expect(outputs.length).toBeGreaterThanOrEqual(new Set(ROWS.map(([output]) => output)).size);
    expect(ROWS.length).toBeGreaterThan(500);
  });
});

import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { CertainValues } from "./certain-values.ts";
import type { MetricReading } from "./metric-reading.ts";
import { OutputReader } from "./output-reader.ts";
import { realOutput } from "./real-output.testing.ts";

const FOLDER = new URL("../../tests/fixtures/outputs/", import.meta.url);
const ROWS = readFileSync(new URL("expected.tsv", FOLDER), "utf8")
  .trim()
  .split("\n")
  .slice(1)
  .map((line) => line.split("\t") as [output: string, metric: string, reports: string]);

/**
 * What is read of one metric, as the table writes it: values with their steps; a doubtful one only when nothing else came;
 * `which of …` of a name that stands for several things.
 */
function read(output: string, metric: string): string {
  const certain = new CertainValues();
  let reports: string[] = [];
  let ending: string | null = null;
  const onReading = (reading: MetricReading): void => {
    const weighed = certain.weigh(reading);
    const text = (value: number): string => (reading.step === null ? String(value) : `${reading.step}:${value}`);
    if (weighed.withdrawn.length > 0) [reports, ending] = [[], null];
    for (const value of Object.values(weighed.reported)) reports.push(text(value));
    for (const value of Object.values(weighed.ending)) ending = text(value);
  };
  const reader = new OutputReader({ metrics: [metric], onReading });
  // Chunks of an odd size, so that lines and characters are cut.
  const bytes = realOutput(new URL(`${output}.txt`, FOLDER));
  for (let at = 0; at < bytes.length; at += 997) reader.push("stdout", bytes.subarray(at, at + 997));
  reader.end();
  const parts = certain.ambiguous.get(metric);
  if (parts !== undefined) return `which of ${parts.join(", ")}`;
  return reports.length === 0 && ending !== null ? ending : reports.join(" ");
}

describe("outputs of real programs", () => {
  it.each(ROWS)("%s: %s", (output, metric, reports) => {
    // Fortran and friends write numbers as JavaScript would not.
    const expected = /^which/.test(reports)
      ? reports
      : reports.replace(/[^ :]+(?= |$)/g, (number) => String(Number(number)));
    expect(read(output, metric)).toBe(expected);
  });

  it.each([...new Set(ROWS.map(([output]) => output))])(
    "%s: nothing for parts of words or for other names",
    (output) => {
      const names = ROWS.filter(([of]) => of === output).map(([, metric]) => metric);
      const text = readFileSync(new URL(`${output}.txt`, FOLDER), "utf8");
      const parts = names.filter((name) => /^\w{4,}$/.test(name)).flatMap((name) => [name.slice(1), name.slice(0, -1)]);
      for (const name of [...parts, "perplexity_of_nothing", "x"]) {
        if (!new RegExp(`\\b${name}\\b`, "i").test(text)) expect([name, read(output, name)]).toEqual([name, ""]);
      }
    },
  );

  it("are from at least sixty programs", () => {
    expect(new Set(ROWS.map(([output]) => output)).size).toBeGreaterThanOrEqual(60);
  });
});

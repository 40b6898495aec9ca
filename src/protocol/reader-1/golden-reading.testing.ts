import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { DISTURBANCES } from "../disturbances.testing.ts";
import { ASKED, drawnOutputs } from "../drawn-outputs.testing.ts";
import { MetricReader } from "./index.ts";

const FIXTURES = new URL("../../../tests/fixtures/", import.meta.url);

/** What was read of real outputs when the rules were frozen, and of them with something amiss: files that never change. */
export const GOLDEN = new URL("reader-1/golden.tsv", FIXTURES);
export const GOLDEN_DRAWN = new URL("reader-1/drawn.tsv", FIXTURES);
export const GOLDEN_DISTURBED = new URL("reader-1/disturbed.tsv", FIXTURES);

/** Output, metric, value, reports, parts of an ambiguous name. */
export const ROWS = readFileSync(GOLDEN, "utf8")
  .replace(/\n$/, "")
  .split("\n")
  .slice(1)
  .map((line) => line.split("\t") as [output: string, metric: string, value: string, reports: string, parts: string]);

export function outputBytes(output: string): Buffer {
  return readFileSync(new URL(`outputs/${output}.txt`, FIXTURES));
}

/** SHA-256 (12 digits) of what is read of each output with each disturbance: a table with a row an output. */
export function disturbedReadings(): string {
  const rows = [...Map.groupBy(ROWS, ([output]) => output)].map(([output, own]) => {
    const [text, names] = [outputBytes(output).toString("utf8").split("\n"), own.map(([, metric]) => metric)];
    const digests = Object.values(DISTURBANCES).map((disturb) => {
      const [lines, asked] = disturb(text, names);
      const read = JSON.stringify(readTogether(Buffer.from(lines.join("\n")), [...new Set(asked)]));
      return createHash("sha256").update(read).digest("hex").slice(0, 12);
    });
    return [output, ...digests].join("\t");
  });
  return [["output", ...Object.keys(DISTURBANCES)].join("\t"), ...rows, ""].join("\n");
}

/** What is read of outputs that nobody printed: a table with a row an output, of those that anything is read of. */
export function drawnReadings(): string {
  const rows = drawnOutputs(600).flatMap((output) => {
    const read = JSON.stringify(readTogether(Buffer.from(output), ASKED));
    return read === "[[],[],[],[]]" ? [] : [`${JSON.stringify(output)}\t${read}`];
  });
  return `${rows.join("\n")}\n`;
}

/** All that is told of the metrics, each asked beside the others. */
function readTogether(bytes: Buffer, metrics: readonly string[]): unknown {
  const reports: string[] = [];
  const onReport = (step: number, values: Readonly<Record<string, number>>): void => {
    for (const [name, value] of Object.entries(values)) reports.push(`${step}:${name}:${value}`);
  };
  const reader = new MetricReader({ metrics, onReport, lastNumber: true });
  // Chunks of an odd size, so that lines and characters are cut.
  for (let at = 0; at < bytes.length; at += 997) reader.push("stdout", bytes.subarray(at, at + 997));
  reader.end();
  const values = [...reader.values].map(([name, value]) => [name, String(value), reader.ways.get(name)]);
  return [values, reports, [...reader.ambiguous], reader.seen];
}

import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { DISTURBANCES } from "./disturbances.testing.ts";
import { ASKED, drawnOutputs } from "./drawn-outputs.testing.ts";
import { MetricReader } from "./metric-reader.ts";
import { realOutput } from "./real-output.testing.ts";

const TESTS = new URL("../../tests/", import.meta.url);
const FOLDERS = [new URL("fixtures/outputs/", TESTS), new URL("strangers/outputs/", TESTS)];

/** What the newest rules read of these outputs: a file of `readingsOf`. */
export const GOLDEN_READING = new URL("fixtures/reader-2/golden.tsv", TESTS);

const COLUMNS = ["output", "metric", "value", "unit", "reports", "of several things", "refused"];

/** What the newest rules read of them when something is amiss: a file of `disturbedReadings`. */
export const GOLDEN_DISTURBED = new URL("fixtures/reader-2/disturbed.tsv", TESTS);

/** What they read of outputs that were drawn: a file of `drawnReadings`. */
export const GOLDEN_DRAWN = new URL("fixtures/reader-2/drawn.tsv", TESTS);
const DRAWN = 600;

/** All that is read of every name in the outputs of real programs, each asked beside all the others: a table with a row a name. */
export function goldenReadings(): string {
  return [COLUMNS.join("\t"), ...outputFiles().flatMap(rowsOf), ""].join("\n");
}

/** SHA-256 (12 digits) of what is read of each output with each disturbance: a table with a row an output. */
export function disturbedReadings(): string {
  const rows = outputFiles().map((file) => {
    const lines = realOutput(file).toString("utf8").split("\n");
    const output = outputOf(file);
    const names = [...new Set([...namesIn(output), ...read(realOutput(file), []).reader.seen])];
    const digests = Object.values(DISTURBANCES).map((disturb) => {
      const [disturbed, asked] = disturb(lines, names);
      const text = tableOf(output, Buffer.from(disturbed.join("\n")), [...new Set(asked)]).join("\n");
      return createHash("sha256").update(text).digest("hex").slice(0, 12);
    });
    return [output, ...digests].join("\t");
  });
  return [["output", ...Object.keys(DISTURBANCES)].join("\t"), ...rows, ""].join("\n");
}

/** What is read of outputs that nobody printed: a line for each, with what is told of each metric that anything is read of. */
export function drawnReadings(): string {
  const rows = drawnOutputs(DRAWN).map((output) => {
    const told = tableOf("", Buffer.from(output), ASKED).filter((row) => !/\t{5}$/.test(row));
    return `${JSON.stringify(output)}${told.map((row) => `\t${row.trim().replaceAll("\t", "; ")}`).join("")}`;
  });
  return [...rows, ""].join("\n");
}

function outputFiles(): readonly URL[] {
  return FOLDERS.flatMap((folder) =>
    readdirSync(folder)
      .filter((file) => file.endsWith(".txt"))
      .sort()
      .map((file) => new URL(file, folder)),
  );
}

function outputOf(file: URL): string {
  return file.pathname
    .split("/")
    .at(-1)!
    .replace(/\.txt$/, "");
}

function rowsOf(file: URL): readonly string[] {
  const output = file.pathname
    .split("/")
    .at(-1)!
    .replace(/\.txt$/, "");
  const bytes = realOutput(file);
  const names = [...new Set([...namesIn(output), ...read(bytes, []).reader.seen])];
  return tableOf(output, bytes, names);
}

function tableOf(output: string, bytes: Buffer, names: readonly string[]): readonly string[] {
  const { reader, reports } = read(bytes, names);
  return names.map((name) => {
    const value = reader.values.get(name);
    const parts = reader.unclear.has(name) ? "unclear" : (reader.ambiguous.get(name) ?? []).join(", ");
    const rest = [reader.units.get(name), reports.get(name)?.join(" "), parts, reader.refused.get(name)];
    return [output, name, value, ...rest].map((cell) => `${cell ?? ""}`.replaceAll("\t", " ")).join("\t");
  });
}

function read(bytes: Buffer, metrics: readonly string[]) {
  const reports = new Map(metrics.map((name): [string, string[]] => [name, []]));
  const onReport = (step: number, values: Readonly<Record<string, number>>): void => {
    for (const [name, value] of Object.entries(values)) reports.get(name)?.push(`${step}:${value}`);
  };
  const reader = new MetricReader({ metrics, onReport });
  // Chunks of an odd size, so that lines and characters are cut.
  for (let at = 0; at < bytes.length; at += 997) reader.push("stdout", bytes.subarray(at, at + 997));
  reader.end();
  return { reader, reports };
}

/** Metrics that people ask of an output, by whose words it was collected. */
function namesIn(output: string): readonly string[] {
  return [...EXPECTED, ...STRANGERS].filter(([of]) => of === output).map(([, metric]) => metric!);
}

const lines = (file: string): readonly string[] => readFileSync(new URL(file, TESTS), "utf8").trimEnd().split("\n");
const EXPECTED = lines("fixtures/outputs/expected.tsv").map((line) => line.split("\t"));
const STRANGERS = lines("strangers/outputs.jsonl").map((line) => {
  const { name, words } = JSON.parse(line) as { readonly name: string; readonly words: readonly string[] };
  return [name, words[1]!];
});

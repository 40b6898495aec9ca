import { appendFileSync, mkdirSync } from "node:fs";
import path from "node:path";
import { type Machine, machineFacts } from "./machine.ts";

/** One figure beside what is wanted of it. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** Interval of the value, where it was repeated. */
  readonly low?: number;
  readonly high?: number;
  readonly wanted?: { readonly least?: number; readonly most?: number };
  /** How it was measured, in a few words. */
  readonly note?: string;
}

/** Prints figures and machine, and appends them as one JSON line to `bench/results/<script>.jsonl`. */
export function report(script: string, folder: string, figures: readonly Figure[]): void {
  const machine = machineFacts(folder);
  const file = path.join(import.meta.dirname, "..", "results", `${script}.jsonl`);
  mkdirSync(path.dirname(file), { recursive: true });
  appendFileSync(file, `${JSON.stringify({ at: new Date().toISOString(), script, machine, figures })}\n`);
  process.stdout.write(`\n${script} · ${describe(machine)}\n${table(figures)}\n`);
  if (figures.some((figure) => reached(figure) === false)) process.exitCode = 1;
}

/** Whether a figure is within what is wanted; null where nothing is. */
function reached({ value, wanted }: Figure): boolean | null {
  if (wanted === undefined) return null;
  return value >= (wanted.least ?? Number.NEGATIVE_INFINITY) && value <= (wanted.most ?? Number.POSITIVE_INFINITY);
}

function describe(machine: Machine): string {
  const { cores, processor, memoryGb, node, sqlite, fileSystem, load, commit } = machine;
  const hardware = `${cores} cores (${processor}), ${memoryGb} GB, ${fileSystem}`;
  return `${hardware} · Node ${node}, SQLite ${sqlite} · load ${load} · ${commit}`;
}

function table(figures: readonly Figure[]): string {
  const rows = figures.map((figure) => {
    const { low, high, wanted } = figure;
    const interval = low === undefined || high === undefined ? "" : `[${short(low)}, ${short(high)}]`;
    const bounds = [
      wanted?.least === undefined ? "" : `>= ${wanted.least}`,
      wanted?.most === undefined ? "" : `<= ${wanted.most}`,
    ];
    const verdict = { true: "reached", false: "MISSED", null: "" }[
      String(reached(figure)) as "true" | "false" | "null"
    ];
    const value = `${short(figure.value)} ${figure.unit}`.trim();
    return [figure.name, value, interval, bounds.filter(Boolean).join(", "), verdict, figure.note ?? ""];
  });
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows
    .map((row) => `  ${row.map((cell, column) => cell.padEnd(widths[column]!)).join("  ")}`.trimEnd())
    .join("\n");
}

function short(value: number): string {
  return Math.abs(value) >= 1000 ? value.toFixed(0) : String(Number(value.toPrecision(3)));
}

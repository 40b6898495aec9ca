import { appendFileSync, existsSync, readFileSync, truncateSync } from "node:fs";
import { AttuneError } from "../../../src/errors.ts";
import type { RunRecord } from "./run-record.ts";

/** A file of runs, one JSON line each. What a run that was killed left of its last line is no run. */
export class RunFile {
  readonly #file: string;
  readonly records: readonly RunRecord[];

  private constructor(file: string, records: readonly RunRecord[]) {
    this.#file = file;
    this.records = records;
  }

  /** A file that must be there. Throws AttuneError `invalid-file`. */
  static read(file: string): RunFile {
    return new RunFile(file, parse(file, wholeLines(read(file))));
  }

  /** A file to append to, made if it is not there; the rest of a line that was cut off is taken away. Throws AttuneError `invalid-file`. */
  static open(file: string): RunFile {
    const text = existsSync(file) ? read(file) : "";
    const whole = wholeLines(text);
    const records = parse(file, whole);
    try {
      appendFileSync(file, "");
      if (whole !== text) truncateSync(file, Buffer.byteLength(whole));
      if (whole !== "" && !whole.endsWith("\n")) appendFileSync(file, "\n");
    } catch (error) {
      throw unusable(file, "written", error);
    }
    return new RunFile(file, records);
  }

  append(record: unknown): void {
    appendFileSync(this.#file, `${JSON.stringify(record)}\n`);
  }
}

function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw unusable(file, "read", error);
  }
}

function unusable(file: string, what: string, cause: unknown): AttuneError {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new AttuneError("invalid-file", `${file} cannot be ${what}: ${why}.`, { cause });
}

/** What every line begins with. */
const BEGIN = '{"method":"';

/** Without what was cut off of the last line. */
function wholeLines(text: string): string {
  const end = text.lastIndexOf("\n") + 1;
  const rest = text.slice(end);
  const cutOff = BEGIN.startsWith(rest.slice(0, BEGIN.length)) && recordOf(rest) === null;
  return cutOff ? text.slice(0, end) : text;
}

function parse(file: string, text: string): readonly RunRecord[] {
  return text.split("\n").flatMap((line, i) => {
    if (line.trim() === "") return [];
    const record = recordOf(line);
    if (record !== null) return [record];
    throw new AttuneError(
      "invalid-file",
      `${file}:${i + 1}: the line is no run of this benchmark (a JSON object with method, scenario, instance, seed and incumbent); take it out.`,
    );
  });
}

function recordOf(line: string): RunRecord | null {
  try {
    const value: unknown = JSON.parse(line);
    return isRecord(value) ? value : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function isRecord(value: unknown): value is RunRecord {
  if (typeof value !== "object" || value === null) return false;
  const { method, scenario, instance, seed, incumbent } = value as Partial<RunRecord>;
  const named = [method, scenario, instance].every((name) => typeof name === "string");
  return named && Number.isInteger(seed) && Array.isArray(incumbent);
}

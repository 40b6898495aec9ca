import type { ProcessIdentity } from "../owner.ts";
import { type PackedTrial, ProcessList, packTrial, unpackTrial } from "./packed-trial.ts";
import type { TrialRecord } from "./trial-record.ts";

/** JSON never holds one itself. */
const LINE_END = "\n";

/**
 * The records of a block as bytes: a line of JSON for each, and one with the processes of their owners at the end. Each is a text of
 * its own, so that none comes near the longest that there can be.
 */
export function packBlock(records: Iterable<TrialRecord>): Uint8Array {
  const encoder = new TextEncoder();
  const processes = new ProcessList();
  const lines: Uint8Array[] = [];
  for (const record of records)
    lines.push(encoder.encode(`${JSON.stringify(packTrial(record, processes))}${LINE_END}`));
  lines.push(encoder.encode(JSON.stringify(processes.list)));
  return joined(lines);
}

/** The records of a block whose first trial has the number `first`. SyntaxError for bytes that hold none. */
export function unpackBlock(body: Uint8Array, first: number): readonly TrialRecord[] {
  const lines = linesOf(body);
  const processes = JSON.parse(lines.pop() ?? "") as readonly ProcessIdentity[];
  return lines.map((line, k) => unpackTrial(first + k, JSON.parse(line) as PackedTrial, processes));
}

function linesOf(body: Uint8Array): string[] {
  const decoder = new TextDecoder();
  const lines: string[] = [];
  let from = 0;
  for (let to = body.indexOf(10); to >= 0; to = body.indexOf(10, from)) {
    lines.push(decoder.decode(body.subarray(from, to)));
    from = to + 1;
  }
  lines.push(decoder.decode(body.subarray(from)));
  return lines;
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

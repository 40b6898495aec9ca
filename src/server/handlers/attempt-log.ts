import { closeSync, fstatSync, readSync } from "node:fs";
import { AttuneError } from "../../errors.ts";
import { logParts } from "../../executor/command/log-parts.ts";
import { openPlainFile } from "../../protocol/open-plain-file.ts";
import { logFile } from "../../record/study-files.ts";
import type { PagedStudy } from "../../study/paged-study.ts";
import type { Attempt, Trial } from "../../trial/trial.ts";
import type { OperationOutput, OperationParsed } from "../operations/index.ts";

/** A place in a log: the number of its part, counted since its beginning, and a byte in it. */
interface Place {
  readonly part: number;
  readonly byte: number;
}

/** A part that is kept. */
interface Part {
  readonly number: number;
  readonly path: string;
}

/** A stretch of an attempt's log: from a place, or its end. */
export function readAttemptLog(
  study: PagedStudy,
  trial: Trial,
  { attempt: wanted, from, bytes }: Pick<OperationParsed<"log">, "attempt" | "from" | "bytes">,
): OperationOutput<"log"> {
  const attempts = trial.segments.flatMap((segment) => segment.attempts);
  const attempt = wanted ?? Math.max(0, attempts.length - 1);
  const known = attempts[attempt];
  if (known === undefined) throw noAttempt(trial, attempt, attempts);
  const { parts, cut } = partsOf(logFile(study.location, study.id, trial.number, attempt));
  const running = known.endedAt === null;
  const read = readStretch(parts, from === undefined ? null : placeOf(from), bytes, running);
  return { attempt, ...read, cut, running };
}

/** AttuneError `invalid-argument` for an attempt that a trial does not have. */
export function noAttempt({ number, state }: Trial, attempt: number, attempts: readonly Attempt[]): AttuneError {
  const there =
    attempts.length === 0 ? `it is ${state} and was not started` : `it has ${attempts.length}, counted from 0`;
  return new AttuneError("unknown-trial", `Trial ${number} has no attempt ${attempt}; ${there}.`);
}

/** Older parts carry their numbers in their names; the newest, which gets its own when it is full, has the next. */
function partsOf(path: string): { readonly parts: readonly Part[]; readonly cut: boolean } {
  const { files, cut } = logParts(path);
  let last = 0;
  const parts = files.map((file) => {
    last = file === path ? last + 1 : Number(file.slice(path.length + 1));
    return { number: last, path: file };
  });
  return { parts, cut };
}

function placeOf(text: string): Place {
  const [part = 0, byte = 0] = text.split(":").map(Number);
  return { part, byte };
}

function readStretch(
  parts: readonly Part[],
  from: Place | null,
  bytes: number,
  running: boolean,
): Pick<OperationOutput<"log">, "text" | "next" | "end"> {
  const last = parts.at(-1);
  if (last === undefined) return { text: "", next: "0:0", end: true };
  const found = from === null ? last : (parts.find(({ number }) => number >= from.part) ?? last);
  const file = openPlainFile(found.path, "read");
  try {
    const { size } = fstatSync(file);
    // A place in a part that was dropped is the beginning of what is kept.
    const given =
      from === null ? Math.max(0, size - bytes) : found.number === from.part ? Math.min(from.byte, size) : 0;
    const raw = Buffer.alloc(Math.min(bytes, size - given));
    const read = raw.subarray(0, readSync(file, raw, 0, raw.length, given));
    const start = from === null && given > 0 ? leadingRest(read) : 0;
    const whole =
      given + read.length >= size && !running
        ? read.length
        : read.length - trailingStart(read, read.length < bytes ? 0 : 1);
    const stop = given + whole;
    const isLast = found === last;
    const next = stop >= size && !isLast ? `${found.number + 1}:0` : `${found.number}:${stop}`;
    return { text: read.subarray(start, Math.max(start, whole)).toString("utf8"), next, end: stop >= size && isLast };
  } finally {
    closeSync(file);
  }
}

/** Bytes at the beginning that belong to a character before. */
function leadingRest(bytes: Buffer): number {
  let start = 0;
  while (start < Math.min(3, bytes.length) && (bytes[start]! & 0xc0) === 0x80) start++;
  return start;
}

/** Bytes at the end that are the beginning of a character: they come with the next stretch, unless they are all there is. */
function trailingStart(bytes: Buffer, least: number): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back]!;
    if ((byte & 0xc0) === 0x80) continue;
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
    return length > back && bytes.length - back >= least ? back : 0;
  }
  return 0;
}

import { existsSync, readFileSync } from "node:fs";

/** A line that a program of the campaign wrote down, or a peer that runs trials by hand. */
export interface Entry {
  /** Seconds since the machine started. */
  readonly at: number;
  readonly what: "begin" | "end" | "order" | "beside";
  /** The place of its tuner among those of the stage. */
  readonly tuner: number;
  readonly trial: number;
  readonly attempt: number;
  readonly pid: number;
  /** A value, the words of an order, or the id of the earlier attempt's process. */
  readonly rest: string;
}

/** What was written down so far, in its order. */
export function readJournal(file: string): readonly Entry[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, "utf8").split("\n");
  return lines.slice(0, -1).map(entryOf);
}

function entryOf(line: string): Entry {
  const [at, what, tuner, trial, attempt, pid, ...rest] = line.split(" ");
  const [place, number, which, id] = [tuner, trial, attempt, pid].map(Number) as [number, number, number, number];
  return {
    at: Number(at),
    what: what as Entry["what"],
    tuner: place,
    trial: number,
    attempt: which,
    pid: id,
    rest: rest.join(" "),
  };
}

/** Seconds since the machine started: the clock of the journal, which nobody sets. */
export function uptime(): number {
  return Number(readFileSync("/proc/uptime", "utf8").split(" ")[0]);
}

/** What names an attempt in the tables of a check. */
export function attemptKey({ trial, attempt }: { readonly trial: number; readonly attempt: number }): string {
  return `${trial}.${attempt}`;
}

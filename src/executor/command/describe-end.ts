import { existsSync } from "node:fs";
import { constants } from "node:os";
import { isAbsolute, resolve } from "node:path";
import type { RenderedCommand } from "../../protocol/render-command.ts";
import { encodeNumber } from "../../trial/encoded-number.ts";
import type { Outcome, Values } from "../../trial/trial.ts";
import type { Job, JobResult } from "../executor.ts";
import { formatBytes } from "../format-bytes.ts";
import type { LimitBreach } from "./limit-breach.ts";
import { memoryWords } from "./memory-words.ts";
import type { MetricSources } from "./metric-sources.ts";
import { notFound, type Unfound } from "./not-found.ts";
import type { CommandEnd } from "./running-command.ts";
import type { SettingWords } from "./setting-words.ts";

/** A program's end, and what came out of it. */
export interface EndedCommand extends Unfound {
  readonly job: Job;
  readonly command: RenderedCommand;
  readonly cwd: string;
  readonly end: CommandEnd;
  readonly values: ReadonlyMap<string, number>;
  /** Units that values were converted to. */
  readonly units: ReadonlyMap<string, string>;
  /** What is to be said of the places besides the output. */
  readonly sources: Pick<MetricSources, "problems" | "unreadable" | "endless">;
  /** Folder with what the program kept for going on, or null. */
  readonly checkpoint: string | null;
  /** What the program put in the place of that folder, or null. */
  readonly swappedCheckpoint: string | null;
  readonly words: SettingWords;
}

/** The result of an attempt, told so that the user knows what to do. */
export function describeEnd(ended: EndedCommand): JobResult {
  const { job, end, values } = ended;
  const result = (outcome: Outcome, sentence: string | null): JobResult => ({
    state: outcome === "ok" ? "complete" : outcome === "preempted" || outcome === "lost" ? null : "failed",
    values: encodeAll(values),
    end: {
      outcome,
      message: withTrouble(sentence, ended),
      exitCode: end.exitCode,
      signal: end.signal,
      checkpoint: ended.checkpoint,
      ...(ended.units.size > 0 && { units: Object.fromEntries(ended.units) }),
    },
  });
  if (end.startError !== null) return result("not-started", notStarted(end.startError, ended.command, ended.cwd));
  // What was to end anyway is not lost.
  if (end.lost && !end.stopped)
    return result("lost", "The process that had started the program was killed, and the program with it.");
  if (end.breach !== null)
    return result(BREACHES[end.breach.limit], withTail(overLimit(end.breach, ended.words), end.tail));
  if (end.stopped) return result("preempted", "The tuner asked the program to end.");
  if (end.signal !== null || end.exitCode !== 0) return result(...endedBadly(end));
  if (ended.sources.endless) return result("bad-output", ENDLESS);
  const missing = job.metrics.filter((name) => !values.has(name));
  if (missing.length > 0 && end.binary) return result("bad-output", binaryOutput(missing));
  if (missing.length > 0) return result("no-metric", withTail(noMetric(missing, ended), end.tail));
  const nan = job.metrics.find((name) => Number.isNaN(values.get(name)));
  if (nan !== undefined) return result("nan", withTail(`The program reported ${nan} as NaN.`, end.tail));
  return result("ok", null);
}

const ENDLESS =
  "The program ended well, but more than 256 MiB of its files was still unread then, and what it reported last may stand there; let it write less into the files that metrics are read from.";

function encodeAll(values: ReadonlyMap<string, number>): Values {
  return Object.fromEntries([...values].map(([name, value]) => [name, encodeNumber(value)]));
}

const BREACHES = { time: "timeout", idle: "idle", memory: "out-of-memory" } as const;

function overLimit(breach: LimitBreach, words: SettingWords): string {
  const { allowed } = breach;
  switch (breach.limit) {
    case "time":
      return `The program took longer than its limit of ${allowed} s and was ended; raise ${words.time}, or let it do less.`;
    case "idle":
      return `The program gave no sign of life for ${allowed} s and was ended; let it print now and then, or raise ${words.idle}.`;
    case "memory":
      return `The program and what it started took ${formatBytes(breach.used)} of memory, more than the ${formatBytes(allowed)} allowed, and were killed; raise ${words.memory}, or let it take less.`;
  }
}

function endedBadly(end: CommandEnd): readonly [Outcome, string] {
  const killed = end.signal === "SIGKILL" || end.exitCode === 128 + constants.signals.SIGKILL;
  const sentence = end.signal === null ? exitSentence(end.exitCode) : endedBySignal(end.signal);
  if (killed && end.oomKilled) {
    const why = "The kernel killed the program for want of memory; run fewer workers, or let it take less.";
    return ["out-of-memory", withTail(why, end.tail)];
  }
  const words = memoryWords(end.tail);
  if (words !== null) return ["out-of-memory", withTail(`${sentence} It wanted for memory (${words}).`, end.tail)];
  return [end.signal === null ? "exit-code" : "signal", withTail(sentence, end.tail)];
}

function binaryOutput(missing: readonly string[]): string {
  const names = missing.map((name) => `\`${name}\``).join(", ");
  return `The program ended well, but its output is binary data and no ${names} could be read from it; let it write its data to a file and print its metric as text.`;
}

function withTail(sentence: string, tail: string): string {
  return tail === "" ? `${sentence} It printed nothing.` : `${sentence} Its last lines:\n${tail}`;
}

/** What went wrong with its files is told whatever came of it. */
function withTrouble(sentence: string | null, { end, sources, swappedCheckpoint }: EndedCommand): string | null {
  const log = end.logProblem === null ? [] : [`Its log could not be written (${end.logProblem.message}).`];
  const swapped =
    swappedCheckpoint === null
      ? []
      : [`In the place of its checkpoint folder stands ${swappedCheckpoint}, which no later attempt goes on from.`];
  const all = [...log, ...sources.unreadable, ...swapped, ...(sentence === null ? [] : [sentence])];
  return all.length === 0 ? null : all.join(" ");
}

function endedBySignal(signal: NodeJS.Signals): string {
  const why: Partial<Record<NodeJS.Signals, string>> = {
    SIGKILL: " (often the system, for want of memory)",
    SIGSEGV: " (it touched memory that is not its own)",
    SIGABRT: " (it gave up by itself)",
    SIGXCPU: " (its limit of processor time)",
  };
  return `The program was ended by ${signal}${why[signal] ?? ""}.`;
}

function exitSentence(code: number | null): string {
  const signal = Object.entries(constants.signals).find(([, number]) => number + 128 === code)?.[0];
  const hint =
    code === 127
      ? " (a shell's code for a program that was not found)"
      : code === 126
        ? " (a shell's code for a program that may not be run)"
        : signal === undefined
          ? ""
          : ` (a shell's code for ${signal})`;
  return `The program ended with exit code ${code}${hint}.`;
}

function noMetric(missing: readonly string[], ended: EndedCommand): string {
  return [notFound(missing, { ...ended, tail: ended.end.tail }), ...ended.sources.problems].join(" ");
}

function notStarted(error: Error, command: RenderedCommand, cwd: string): string {
  const code = "code" in error ? String(error.code) : "";
  const program = "shell" in command ? "/bin/sh" : command.argv[0]!;
  if (!existsSync(cwd)) return `The working folder ${cwd} does not exist; create it or name another.`;
  const named = JSON.stringify(program);
  const path = program.includes("/");
  switch (code) {
    case "ENOENT":
      if (path && existsSync(isAbsolute(program) ? program : resolve(cwd, program))) {
        return `The program ${named} is there, but the interpreter its first line (#!) names is not; install it or name the interpreter in the command.`;
      }
      return path
        ? `The program ${named} was not found (looked for from ${cwd}); check the path.`
        : `The program ${named} was not found in any folder of PATH; install it, write its full path, or activate its environment first.`;
    case "EACCES":
      return `The program ${named} may not be run (no permission); run \`chmod +x\` on it, or name its interpreter in the command.`;
    case "E2BIG":
      return "The command line is too long for this system; pass large values by ATTUNE_PARAMS or a file.";
    case "ERR_INVALID_ARG_VALUE":
      return `The command holds a character that no argument may hold (NUL): ${error.message}`;
    default:
      return `The program ${named} could not be started: ${error.message}.`;
  }
}

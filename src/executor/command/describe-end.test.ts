import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { contractJob } from "../executor.contract.ts";
import type { JobResult } from "../executor.ts";
import { describeEnd, type EndedCommand } from "./describe-end.ts";
import type { CommandEnd } from "./running-command.ts";
import { OWN_WORDS } from "./setting-words.ts";

const folder = mkdtempSync(join(tmpdir(), "attune-end-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const WELL: CommandEnd = {
  startError: null,
  lost: false,
  exitCode: 0,
  signal: null,
  stopped: false,
  killed: false,
  breach: null,
  oomKilled: false,
  alone: true,
  binary: false,
  tail: "",
  logProblem: null,
};

function told(end: Partial<CommandEnd>, ended: Partial<EndedCommand> = {}): JobResult {
  return describeEnd({
    job: contractJob({ ending: "value" }),
    command: { argv: ["train", "--lr", "1"] },
    cwd: folder,
    end: { ...WELL, ...end },
    values: new Map([["loss", 0.5]]),
    units: new Map(),
    sources: { problems: [], unreadable: [], endless: false },
    checkpoint: null,
    swappedCheckpoint: null,
    seen: [],
    ambiguous: new Map(),
    refused: new Map(),
    unclear: new Set(),
    offered: () => new Map(),
    words: OWN_WORDS,
    ...ended,
  });
}

const ended = (exitCode: number | null, signal: NodeJS.Signals | null = null): Partial<CommandEnd> => ({
  exitCode,
  signal,
});
const none = { values: new Map<string, number>() };

describe("the end of a program", () => {
  it.each<readonly [string, Partial<CommandEnd>, Partial<EndedCommand>, string, string | null]>([
    ["well", {}, {}, "ok", null],
    ["its end unknown", { lost: true, exitCode: null }, {}, "lost", "was killed, and the program with it."],
    ["asked to end, unknown how", { lost: true, stopped: true, exitCode: null }, {}, "preempted", "asked the program"],
    ["asked to end", { stopped: true }, {}, "preempted", "The tuner asked the program to end."],
    [
      "over its time",
      { breach: { limit: "time", allowed: 3 } },
      {},
      "timeout",
      "its limit of 3 s and was ended; raise",
    ],
    ["over its time, asked", { stopped: true, breach: { limit: "time", allowed: 3 } }, {}, "timeout", "limit of 3 s"],
    ["silent", { breach: { limit: "idle", allowed: 4 } }, {}, "idle", "no sign of life for 4 s and was ended"],
    [
      "over its memory",
      { breach: { limit: "memory", allowed: 1e9, used: 2e9 } },
      {},
      "out-of-memory",
      "took 2 GB of memory, more than the 1 GB allowed",
    ],
    ["badly", ended(3), {}, "exit-code", "The program ended with exit code 3. It printed nothing."],
    ["badly, with words", { ...ended(1), tail: "boom" }, {}, "exit-code", "exit code 1. Its last lines:\nboom"],
    [
      "its program not found",
      ended(127),
      {},
      "exit-code",
      "code 127 (a shell's code for a program that was not found).",
    ],
    ["its program barred", ended(126), {}, "exit-code", "code 126 (a shell's code for a program that may not be run)."],
    ["its program killed", ended(137), {}, "exit-code", "exit code 137 (a shell's code for SIGKILL)."],
    ["by a signal", ended(null, "SIGSEGV"), {}, "signal", "by SIGSEGV (it touched memory that is not its own)."],
    ["by another signal", ended(null, "SIGUSR1"), {}, "signal", "The program was ended by SIGUSR1."],
    ["by a kill", ended(null, "SIGKILL"), {}, "signal", "by SIGKILL (often the system, for want of memory)."],
    [
      "killed by the kernel",
      { ...ended(null, "SIGKILL"), oomKilled: true },
      {},
      "out-of-memory",
      "for want of memory; run",
    ],
    ["killed in its shell", { ...ended(137), oomKilled: true }, {}, "out-of-memory", "The kernel killed the program"],
    ["badly, others killed", { ...ended(2), oomKilled: true }, {}, "exit-code", "exit code 2."],
    [
      "with words of memory",
      { ...ended(1), tail: "MemoryError" },
      {},
      "out-of-memory",
      "It wanted for memory (MemoryError).",
    ],
    ["without a metric", {}, none, "no-metric", "there is no metric `loss` in its output"],
    ["with data and no metric", { binary: true }, none, "bad-output", "its output is binary data and no `loss`"],
    ["with data and a metric", { binary: true }, {}, "ok", null],
    ["as NaN", {}, { values: new Map([["loss", Number.NaN]]) }, "nan", "The program reported loss as NaN."],
  ])("%s", (_, end, more, outcome, words) => {
    const result = told(end, more);
    expect(result.end.outcome).toBe(outcome);
    if (words === null) expect(result.end.message).toBeNull();
    else expect(result.end.message).toContain(words);
    const state = { ok: "complete", preempted: null, lost: null }[outcome];
    expect(result.state).toBe(state === undefined ? "failed" : state);
  });

  it("keeps exit code, signal, checkpoint and values, and units only where there are any", () => {
    const values = new Map([["loss", Number.POSITIVE_INFINITY]]);
    expect(told(ended(null, "SIGTERM"), { values, checkpoint: "/c" })).toEqual({
      state: "failed",
      values: { loss: "Infinity" },
      end: {
        outcome: "signal",
        message: "The program was ended by SIGTERM. It printed nothing.",
        exitCode: null,
        signal: "SIGTERM",
        checkpoint: "/c",
      },
    });
    expect(told({}, { units: new Map([["loss", "s"]]) }).end.units).toEqual({ loss: "s" });
  });

  it("tells what went wrong with its files, whatever came of it", () => {
    const sources = { problems: ["No file m.json."], unreadable: ["m.log is a folder."], endless: false };
    const logProblem = new Error("ENOSPC");
    expect(told({ logProblem }, { sources }).end).toMatchObject({
      outcome: "ok",
      message: "Its log could not be written (ENOSPC). m.log is a folder.",
    });
    const missing = told({ logProblem }, { sources, ...none }).end.message;
    expect(missing).toMatch(
      /^Its log could not be written \(ENOSPC\)\. m\.log is a folder\. The program ended well, but/,
    );
    expect(missing).toContain(" No file m.json. It printed nothing.");
    expect(told({}, { sources: { problems: [], unreadable: [], endless: true } }).end).toMatchObject({
      outcome: "bad-output",
      message: expect.stringContaining("more than 256 MiB"),
    });
  });
});

describe("a program that did not start", () => {
  const failed = (code: string | undefined, ended: Partial<EndedCommand> = {}): string => {
    const startError = Object.assign(new Error("refused"), code === undefined ? {} : { code });
    const { state, end } = told({ startError, exitCode: null }, ended);
    expect([state, end.outcome]).toEqual(["failed", "not-started"]);
    return end.message!;
  };

  it.each([
    ["ENOENT", ["train"], 'The program "train" was not found in any folder of PATH;'],
    ["ENOENT", ["./train"], 'The program "./train" was not found (looked for from '],
    ["ENOENT", ["./script"], 'The program "./script" is there, but the interpreter its first line (#!) names is not'],
    ["ENOENT", [join(folder, "script")], "is there, but the interpreter"],
    ["ENOENT", [join(folder, "none")], "check the path."],
    ["EACCES", ["./script"], 'The program "./script" may not be run (no permission); run `chmod +x` on it'],
    ["E2BIG", ["train"], "The command line is too long for this system;"],
    ["ERR_INVALID_ARG_VALUE", ["train"], "no argument may hold (NUL): refused"],
    ["EIO", ["train"], 'The program "train" could not be started: refused.'],
    [undefined, ["train"], 'The program "train" could not be started: refused.'],
  ])("%s of %j", (code, argv, words) => {
    writeFileSync(join(folder, "script"), "#!/no/such/interpreter\n");
    expect(failed(code, { command: { argv } })).toContain(words);
  });

  it("names the shell of a text command, and a folder that has gone before anything else", () => {
    expect(failed("EACCES", { command: { shell: "train | tail" } })).toContain('The program "/bin/sh" may not be run');
    const cwd = join(folder, "gone");
    expect(failed("ENOENT", { cwd })).toBe(`The working folder ${cwd} does not exist; create it or name another.`);
    mkdirSync(cwd);
    expect(failed("ENOENT", { cwd })).toContain('"train" was not found');
  });
});

import { randomUUID } from "node:crypto";
import { existsSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, describe, expect, it } from "vitest";
import { contractJob, startJob } from "../executor.contract.ts";
import { CommandExecutor, type CommandExecutorOptions } from "./command-executor.ts";
import { findMarked } from "./process-tree.ts";
import { NO_LIMITS } from "./trial-limits.ts";

const folder = realpathSync(mkdtempSync(join(tmpdir(), "attune-limits-")));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const opened: CommandExecutor[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((executor) => executor.close()));
});

const mark = randomUUID();
const left = () => findMarked([mark]);

function open(command: string | readonly string[], options: Partial<CommandExecutorOptions> = {}): CommandExecutor {
  const executor = new CommandExecutor({
    command: typeof command === "string" ? { shell: command } : { argv: command },
    parameters: [],
    environment: { ...process.env, TEST_MARK: mark },
    ...options,
  });
  opened.push(executor);
  return executor;
}

const start = (...input: Parameters<typeof open>) => startJob(open(...input), contractJob({ ending: "value" }));
const run = (...input: Parameters<typeof open>) => start(...input).result;

describe("limits of an attempt", () => {
  it("ends what takes too long, and says so with its last lines", async () => {
    const limits = { ...NO_LIMITS, time: 0.2 };
    const result = await run("echo step 1 loss=3; sleep 1000", { limits, graceMs: 50 });
    expect(result).toMatchObject({ state: "failed", values: { loss: 3 }, end: { outcome: "timeout" } });
    expect(result.end.message).toMatch(/longer than its limit of 0\.2 s .*Its last lines:\nstep 1 loss=3$/s);
    expect(await left()).toEqual([]);
  });

  it("ends the whole tree of one that ignores SIGTERM once the grace is over", async () => {
    const limits = { ...NO_LIMITS, time: 0.2 };
    const stubborn = "trap '' TERM; (while :; do sleep 1; done) & while :; do sleep 1; done";
    expect((await run(stubborn, { limits, graceMs: 100 })).end.outcome).toBe("timeout");
    expect(await left()).toEqual([]);
  });

  it.each([
    ["by a signal", undefined],
    ["by a file first and a signal soon after", () => join(folder, "grace", "stop")],
  ])("leaves what takes too long its grace, asked %s", async (_how, stopFile) => {
    const limits = { ...NO_LIMITS, time: 0.2 };
    const saving = "trap 'echo loss=2; exit 0' TERM; while :; do sleep 1 & wait $!; done";
    const result = await run(saving, { limits, graceMs: 20_000, ...(stopFile && { stopFile }) });
    expect(result).toMatchObject({ state: "failed", values: { loss: 2 }, end: { outcome: "timeout", exitCode: 0 } });
  });

  it("ends what is silent, not what goes on printing", async () => {
    const limits = { ...NO_LIMITS, idle: 0.5 };
    const silent = await run("sleep 1000", { limits, graceMs: 50 });
    expect(silent).toMatchObject({ state: "failed", end: { outcome: "idle" } });
    expect(silent.end.message).toMatch(/no sign of life for 0\.5 s.*It printed nothing/);
    const lively = "i=0; while [ $i -lt 12 ]; do i=$((i+1)); echo step $i; sleep 0.1; done; echo loss=1";
    expect(await run(lively, { limits })).toMatchObject({ state: "complete" });
  });

  it("does not touch what keeps its limits", async () => {
    const limits = { time: 30 * 86_400, idle: 30 * 86_400, memory: 1e12 };
    expect(await run("sleep 0.3; echo loss=1", { limits })).toMatchObject({ state: "complete" });
  });

  it.runIf(process.platform === "linux" || process.platform === "darwin")(
    "kills a tree that takes too much memory together, though no process does alone",
    async () => {
      const limits = { ...NO_LIMITS, memory: 300e6 };
      const hungry =
        "const hold = Buffer.alloc(140e6, 1); console.log('holds', hold.length); setInterval(() => {}, 1000)";
      const program = `for i in 1 2 3; do ${process.execPath} -e "${hungry}" & done; wait`;
      const result = await run(program, { limits });
      expect(result).toMatchObject({ state: "failed", end: { outcome: "out-of-memory" } });
      expect(result.end.message).toMatch(/took \d+ MB of memory, more than the 300 MB allowed/);
      expect(await left()).toEqual([]);
    },
  );

  it.runIf(process.platform === "linux")("counts memory that processes share once", async () => {
    const limits = { ...NO_LIMITS, memory: 400e6 };
    const forks = `my $hold = "x"; $hold x= 150_000_000;
      for (1..3) { if (fork() == 0) { select(undef, undef, undef, 1.2); exit 0 } }
      for (1..3) { wait() }
      print "loss=1\\n";`;
    expect(await run(["perl", "-e", forks], { limits })).toMatchObject({ state: "complete" });
  });
});

describe("outcomes told from the end", () => {
  it.each([
    ["MemoryError", "Traceback (most recent call last):\nMemoryError", 1],
    ["CUDA out of memory", "RuntimeError: CUDA out of memory. Tried to allocate 2.00 GiB", 1],
    ["std::bad_alloc", "terminate called after throwing an instance of 'std::bad_alloc'", 134],
  ])("knows want of memory by the program's own words: %s", async (words, text, code) => {
    const result = await run(["sh", "-c", 'printf "%s\\n" "$1"; exit "$2"', "sh", text, String(code)]);
    expect(result).toMatchObject({ state: "failed", end: { outcome: "out-of-memory", exitCode: code } });
    expect(result.end.message).toContain(words);
  });

  it("tells output that is no text", async () => {
    const binary = await run("head -c 5000 /dev/urandom");
    expect(binary.end).toMatchObject({ outcome: "bad-output", message: expect.stringMatching(/binary data/) });
    const utf16 = "process.stdout.write(Buffer.from('loss=0.5\\nover\\n', 'utf16le')); process.exit(1)";
    expect((await run([process.execPath, "-e", utf16])).end.message).toMatch(/Its last lines:\nloss=0\.5\nover$/);
    const text = await run("printf 'grün\\n' | iconv -t latin1; head -c 2 /dev/zero");
    expect(text.end.outcome).toBe("no-metric");
  });
});

describe("the request to stop", () => {
  const watching = 'echo step 1 loss=7; while [ ! -e "$ATTUNE_STOP_FILE" ]; do sleep 0.05; done; echo loss=2';

  it("comes by file first, for programs that look for it", async () => {
    const stopFile = join(folder, "deep", "stop");
    const job = start(`trap 'echo loss=9; exit' TERM; ${watching}`, { stopFile: () => stopFile, graceMs: 100_000 });
    await job.firstReport;
    expect(existsSync(stopFile)).toBe(false);
    job.stop.abort();
    expect(await job.result).toMatchObject({ state: null, values: { loss: 2 }, end: { outcome: "preempted" } });
    expect(existsSync(stopFile)).toBe(false);
  });

  it("comes by signal for the others", async () => {
    const job = start("echo step 1 loss=7; sleep 1000", { stopFile: () => join(folder, "stop"), graceMs: 500 });
    await job.firstReport;
    job.stop.abort();
    expect(await job.result).toMatchObject({ state: null, end: { outcome: "preempted", signal: "SIGTERM" } });
    expect(await left()).toEqual([]);
  });

  it("names the file from the root, wherever the program goes", async () => {
    const place = { stopFile: () => "relative/stop", logFile: () => join(folder, "names.log") };
    const result = await run("case $ATTUNE_STOP_FILE in /*/relative/stop) echo loss=1;; esac", place);
    expect(result.state).toBe("complete");
  });
});

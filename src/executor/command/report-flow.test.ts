import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, afterEach, describe, expect, it } from "vitest";
import { contractJob, startJob } from "../executor.contract.ts";
import type { JobEvents } from "../executor.ts";
import { CommandExecutor, type CommandExecutorOptions } from "./command-executor.ts";
import { NO_LIMITS } from "./trial-limits.ts";

const sh = promisify(execFile);
const folder = realpathSync(mkdtempSync(join(tmpdir(), "attune-flow-")));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const opened: CommandExecutor[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((executor) => executor.close()));
});

const FULL = 1_000;
/** Lines of 10 bytes: what one piece of output, or of a file, may hold. */
const PIECE = 65_536 / 10;

function start(shell: string, room: JobEvents["room"], options: Partial<CommandExecutorOptions> = {}) {
  const executor = new CommandExecutor({ command: { shell }, parameters: [], cwd: folder, ...options });
  opened.push(executor);
  return startJob(executor, contractJob({ ending: "value" }), room);
}

/** A storage that writes only when there is no room, some turns of the loop later. */
function slowStorage(reports: () => number) {
  let [written, most] = [0, 0];
  let writing: Promise<void> | null = null;
  const write = async (): Promise<void> => {
    for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve));
    written = reports();
    writing = null;
  };
  const room = (): Promise<void> | null => {
    most = Math.max(most, reports() - written);
    if (reports() - written < FULL) return null;
    writing ??= write();
    return writing;
  };
  return { room, most: () => most };
}

const count = 60_000;
const steps = Array.from({ length: count }, (_, k) => k + 1);
const print = `seq -f 'loss=%05.0f' 1 ${count}`;
const write = `seq -f '{"loss": %.0f}' 1 ${count}`;

describe("a program whose reports are not written", () => {
  it.each([
    ["prints on only as far as there is room", print, {}],
    ["waits for its log and for its reports", print, { logFile: () => join(folder, "log"), logLimit: 1_000 }],
    [
      "has its report file read only as far",
      `${write} >> $ATTUNE_REPORT_FILE`,
      { reportFile: () => join(folder, "r") },
    ],
    [
      "has what it wrote read before what it printed then",
      `${write} > all; mv all $ATTUNE_REPORT_FILE; echo loss=-1; echo loss=-2; echo loss=-3`,
      { reportFile: () => join(folder, "r") },
    ],
  ] as const)("%s; nothing is lost", async (_, shell, options) => {
    const storage = slowStorage(() => job.reports.length);
    const job = start(shell, () => storage.room(), options);
    expect(await job.result).toMatchObject({ state: "complete", values: { loss: count } });
    expect(job.reports.map(([step]) => step)).toEqual(steps);
    expect(job.reports.every(([step, { loss }]) => step === loss)).toBe(true);
    expect(storage.most()).toBeGreaterThanOrEqual(FULL);
    expect(storage.most()).toBeLessThanOrEqual(FULL + PIECE);
  });

  it("is read to its last line, however long after its end there is room", async () => {
    const room = Promise.withResolvers<void>();
    let waits = false;
    let free = false;
    // What it prints once nobody reads is more than Node takes in on its own and fits into that and the pipe, so that it ends.
    const program =
      "seq -f loss=%.0f 2000; until [ -e full ]; do sleep 0.01; done; seq -f loss=%.0f 2001 12000; echo $$ > pid";
    const job = start(
      program,
      () => {
        if (free || job.reports.length < FULL) return null;
        if (!waits) writeFileSync(join(folder, "full"), "");
        waits = true;
        return room.promise;
      },
      { drainMs: 1 },
    );
    // Its pipes have been looked at often by then.
    const over = '[ -s pid ] && ! kill -0 "$(cat pid)" 2>&-';
    await sh("sh", ["-c", `for i in $(seq 500); do { ${over}; } && break; sleep 0.02; done; sleep 0.5`], {
      cwd: folder,
    });
    expect(job.reports.length).toBeLessThan(12_000);
    free = true;
    room.resolve();
    expect(await job.result).toMatchObject({ state: "complete", values: { loss: 12_000 } });
    expect(job.reports.length).toBe(12_000);
  });

  it.each([
    ["cannot print on", "one", "yes loss=4 | head -n 400000; echo loss=5; : > one"],
    ["nor can what it leaves", "two", "(yes loss=4 | head -n 400000; echo loss=5; : > two) & sleep 0.2"],
  ])("%s", async (_, printed, program) => {
    const room = Promise.withResolvers<void>();
    let free = false;
    const full = (): Promise<void> | null => (free || job.reports.length < FULL ? null : room.promise);
    // What it leaves may print as long as it takes on a busy machine.
    const job = start(program, full, { drainMs: 600_000 });
    await job.firstReport;
    await sh("sleep", ["0.5"]);
    expect(existsSync(join(folder, printed))).toBe(false);
    free = true;
    room.resolve();
    expect(await job.result).toMatchObject({ state: "complete", values: { loss: 5 } });
    expect(existsSync(join(folder, printed))).toBe(true);
  });

  it("is not taken for dead, and is once it goes on and says no more", async () => {
    const room = Promise.withResolvers<void>();
    let free = false;
    const full = (): Promise<void> | null => (free || job.reports.length < FULL ? null : room.promise);
    const limits = { ...NO_LIMITS, idle: 1 };
    const job = start("seq -f loss=%.0f 50000; sleep 1000", full, { limits, graceMs: 50 });
    let over = false;
    void job.result.then(() => {
      over = true;
    });
    await job.firstReport;
    await sh("sleep", ["1.5"]);
    expect(over).toBe(false);
    free = true;
    room.resolve();
    expect(await job.result).toMatchObject({ state: "failed", values: { loss: 50_000 }, end: { outcome: "idle" } });
  });

  it.each(["stop", "kill"] as const)("ends by %s while it waits", async (how) => {
    const room = Promise.withResolvers<void>();
    let free = false;
    const waits = Promise.withResolvers<void>();
    const job = start("yes loss=3", () => {
      if (free || job.reports.length < FULL) return null;
      waits.resolve();
      return room.promise;
    });
    await waits.promise;
    job[how].abort();
    free = true;
    room.resolve();
    expect(await job.result).toMatchObject({ state: null, values: { loss: 3 }, end: { outcome: "preempted" } });
  });
});

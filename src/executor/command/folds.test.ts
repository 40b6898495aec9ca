import { existsSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, describe, expect, it } from "vitest";
import { contractJob, startJob } from "../executor.contract.ts";
import { CommandExecutor, type CommandExecutorOptions } from "./command-executor.ts";
import type { LimitBreach } from "./limit-breach.ts";
import { LimitWatch } from "./limit-watch.ts";
import { logParts } from "./log-parts.ts";
import { MemoryWatch } from "./memory-watch.ts";
import { runFolds } from "./run-folds.ts";
import { NO_LIMITS } from "./trial-limits.ts";

const root = realpathSync(mkdtempSync(join(tmpdir(), "attune-folds-")));
afterAll(() => rmSync(root, { recursive: true, force: true }));
const opened: CommandExecutor[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((executor) => executor.close()));
});

const JOB = contractJob({ ending: "value" });

function start(shell: string, options: Partial<CommandExecutorOptions> = {}, metrics = ["loss"]) {
  const executor = new CommandExecutor({ command: { shell }, parameters: [], folds: 3, ...options });
  opened.push(executor);
  return startJob(executor, { ...JOB, metrics });
}

describe("a program that is started once a fold", () => {
  it("is told its fold, reports at the step of it, and is worth the mean, also of what is kept", async () => {
    const metrics = { settings: { keep: ["size"] }, smaller: new Set<string>(), patterns: [] };
    const program = "echo step 9 loss=99; echo loss=$((${fold} * ATTUNE_FOLD)) size=$ATTUNE_FOLD";
    const { result, reports } = start(program, { metrics });
    expect(await result).toMatchObject({ state: "complete", end: { outcome: "ok" } });
    expect((await result).values).toEqual({ loss: expect.closeTo(14 / 3, 12), size: 2 });
    expect(reports).toEqual([
      [1, { loss: 1, size: 1 }],
      [2, { loss: 4, size: 2 }],
      [3, { loss: 9, size: 3 }],
    ]);
  });

  it("runs one after another", async () => {
    const cwd = mkdtempSync(join(root, "order-"));
    const program = "[ -e running ] && exit 4; touch running; sleep 0.05; rm running; echo loss=1";
    expect(await start(program, { cwd }).result).toMatchObject({ state: "complete", values: { loss: 1 } });
  });

  it.each([
    ["exits badly", "[ $ATTUNE_FOLD = 2 ] && { echo boom; exit 3; }; echo loss=1", "exit-code"],
    ["tells no metric", "[ $ATTUNE_FOLD = 2 ] || echo loss=1", "no-metric"],
    ["tells NaN", "[ $ATTUNE_FOLD = 2 ] && echo loss=nan || echo loss=1", "nan"],
  ])("fails with the fold that %s, which is named, and runs no other", async (_what, program, outcome) => {
    const cwd = mkdtempSync(join(root, "fail-"));
    const { result, reports } = start(`touch ran-$ATTUNE_FOLD; ${program}`, { cwd });
    expect(await result).toMatchObject({ state: "failed", values: {}, end: { outcome } });
    expect((await result).end.message).toMatch(/^Fold 2 of 3: The program /);
    expect(reports).toEqual([[1, { loss: 1 }]]);
    expect(readdirSync(cwd).sort()).toEqual(["ran-1", "ran-2"]);
  });

  it("has an infinite mean of infinite values, and none of both infinities", async () => {
    const one = await start("[ $ATTUNE_FOLD = 2 ] && echo loss=inf || echo loss=1").result;
    expect(one).toMatchObject({ state: "complete", values: { loss: "Infinity" } });
    const both = await start("[ $ATTUNE_FOLD = 2 ] && echo loss=inf || echo loss=-inf").result;
    expect(both).toMatchObject({ state: "failed", end: { outcome: "nan" } });
    expect(both.end.message).toMatch(/^The mean of loss over the 3 folds is NaN/);
  });

  it("keeps the digits of large values", async () => {
    const { values } = await start("echo loss=9007199254740990.$ATTUNE_FOLD").result;
    expect(values).toEqual({ loss: 9007199254740990 });
    expect((await start("echo loss=0.1").result).values).toEqual({ loss: 0.1 });
  });

  it("starts no fold once it was asked to end by what the fold before reported", async () => {
    const cwd = mkdtempSync(join(root, "stop-"));
    const executor = new CommandExecutor({
      command: { shell: "touch ran-$ATTUNE_FOLD; echo loss=1" },
      parameters: [],
      folds: 3,
      cwd,
    });
    opened.push(executor);
    const stop = new AbortController();
    const events = {
      report: () => undefined,
      room: () => null,
      ask: () => null,
      settled: async () => {
        await new Promise(setImmediate);
        stop.abort();
      },
    };
    const result = await executor.run(JOB, events, { stop: stop.signal, kill: new AbortController().signal });
    expect(result).toMatchObject({ state: null, values: {}, end: { outcome: "preempted" } });
    expect(readdirSync(cwd)).toEqual(["ran-1"]);
  });

  it("is ended in the middle of a fold", async () => {
    const { result, firstReport, stop } = start("[ $ATTUNE_FOLD = 2 ] && sleep 1000; echo loss=1");
    await firstReport;
    stop.abort();
    expect(await result).toMatchObject({ state: null, values: {}, end: { outcome: "preempted" } });
  });

  it("has its limit of time over all folds", async () => {
    const spent: number[] = [];
    const control = { stop: new AbortController().signal, kill: new AbortController().signal };
    const events = { report: () => undefined, room: () => null, ask: () => null };
    const end = { outcome: "ok", message: null, exitCode: 0, signal: null, checkpoint: null } as const;
    await runFolds(3, JOB, { events, control }, async (fold) => {
      spent.push(fold.spent);
      await new Promise((resolve) => setTimeout(resolve, 2));
      return { state: "complete", values: { loss: 1 }, end };
    });
    expect(spent.toSorted((a, b) => a - b)).toEqual(spent);
    expect(new Set(spent).size).toBe(3);
    const limits = { ...NO_LIMITS, time: 3600, spent: 3600 };
    const late = Promise.withResolvers<LimitBreach>();
    new LimitWatch(limits, new MemoryWatch(), async () => undefined, late.resolve).start(1, "none");
    expect(await late.promise).toEqual({ limit: "time", allowed: 3600 });
  });

  it("keeps one log, with a line before each fold, and its parts in order under a limit", async () => {
    const cwd = mkdtempSync(join(root, "log-"));
    const logFile = join(cwd, "log");
    await start("printf loss=$ATTUNE_FOLD", { logFile: () => logFile }).result;
    expect(readFileSync(logFile, "utf8")).toBe(
      "--- fold 1 of 3 ---\nloss=1\n--- fold 2 of 3 ---\nloss=2\n--- fold 3 of 3 ---\nloss=3",
    );
    const long = join(cwd, "long");
    await start(
      "n=12; [ $ATTUNE_FOLD = 1 ] && n=200; i=0; while [ $i -lt $n ]; do i=$((i+1)); echo fold $ATTUNE_FOLD line $i; done; echo loss=1",
      {
        logFile: () => long,
        logLimit: 400,
      },
    ).result;
    const kept = logParts(long).files.map((file) => readFileSync(file, "utf8"));
    expect(kept.join("")).toMatch(/fold 3 line 12\nloss=1\n$/);
    expect(kept.join("").length).toBeLessThanOrEqual(400);
    expect(kept.join("")).not.toContain("fold 1 line");
  });

  it("gets its files anew for each fold, and neither keeps a checkpoint nor goes on from one", async () => {
    const cwd = mkdtempSync(join(root, "files-"));
    writeFileSync(join(cwd, "config.json.attune"), '{"fold": ${fold}}');
    const program = 'cat config.json; [ -z "$ATTUNE_CHECKPOINT_DIR$ATTUNE_RESUME_FROM" ] && echo loss=1';
    const executor = new CommandExecutor({
      command: { shell: program, input: { templates: ["config.json.attune"] } },
      ...{ parameters: [], folds: 2, cwd },
      inputFolder: () => join(cwd, "own", "input"),
      logFile: () => join(cwd, "log"),
      checkpointFolder: () => join(cwd, "checkpoint"),
    });
    opened.push(executor);
    const { result } = startJob(executor, { ...JOB, resumeFrom: join(cwd, "before") });
    expect(await result).toMatchObject({ state: "complete" });
    expect(readFileSync(join(cwd, "log"), "utf8")).toMatch(/"fold": 1.*"fold": 2/s);
    expect(existsSync(join(cwd, "checkpoint"))).toBe(false);
  });

  it("reports no name that is a secret", async () => {
    const metrics = { settings: { keep: ["hunter2secret"] }, smaller: new Set<string>(), patterns: [] };
    const environment = { ...process.env, API_TOKEN: "hunter2secret" };
    const { result, reports } = start("echo loss=1 hunter2secret=2", { metrics, environment });
    expect((await result).values).toEqual({ loss: 1 });
    expect(reports.map(([, values]) => values)).toEqual([{ loss: 1 }, { loss: 1 }, { loss: 1 }]);
  });

  it("has values of one unit in all folds", async () => {
    const { result, reports } = start("[ $ATTUNE_FOLD = 1 ] && echo loss=2s || echo loss=500ms");
    expect(await result).toMatchObject({ state: "complete", values: { loss: 1 }, end: { units: { loss: "s" } } });
    expect(reports.map(([, values]) => values.loss)).toEqual([2, 0.5, 0.5]);
    const mixed = await start("[ $ATTUNE_FOLD = 1 ] && echo loss=2s || echo loss=5MB").result;
    expect(mixed).toMatchObject({ state: "failed" });
    expect(mixed.end.message).toMatch(/^Fold 2 of 3: /);
  });
});

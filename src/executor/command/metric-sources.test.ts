import { existsSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, describe, expect, it } from "vitest";
import type { MetricSettings } from "../../protocol/metric-settings.ts";
import type { MetricWay } from "../../protocol/metric-way.ts";
import { NEWEST_READER } from "../../protocol/reader-version.ts";
import { contractJob, startJob } from "../executor.contract.ts";
import { CommandExecutor } from "./command-executor.ts";

const folder = realpathSync(mkdtempSync(join(tmpdir(), "attune-sources-")));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const opened: CommandExecutor[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((executor) => executor.close()));
});

let reportFile = "";

/** A program in a folder of its own; what came of it, and by which ways. */
async function run(command: string | readonly string[], settings: MetricSettings = {}) {
  const cwd = mkdtempSync(join(folder, "run-"));
  reportFile = join(cwd, "reports", "0.jsonl");
  const ways: [string, MetricWay][] = [];
  const executor = new CommandExecutor({
    command: typeof command === "string" ? { shell: command } : { argv: command },
    parameters: [],
    cwd,
    reportFile: () => reportFile,
    metrics: { settings: { reader: NEWEST_READER, ...settings }, smaller: new Set(), patterns: [] },
    onWays: (_, told) => ways.push(...told),
  });
  opened.push(executor);
  const job = startJob(executor, contractJob({ ending: "value" }));
  const { state, values, end } = await job.result;
  return {
    state,
    values,
    message: end.message,
    outcome: end.outcome,
    ways: Object.fromEntries(ways),
    reports: job.reports,
  };
}

describe("where a program's metrics come from", () => {
  it("is its report file, to a last line without an end, which is gone after it", async () => {
    const told = await run(`printf '{"step": 1, "loss": 3}\\n{"step": 2, "loss": 2}' >> $ATTUNE_REPORT_FILE`);
    expect(told).toMatchObject({ state: "complete", values: { loss: 2 }, ways: { loss: "report-file" } });
    expect(told.reports).toEqual([
      [1, { loss: 3 }],
      [2, { loss: 2 }],
    ]);
    expect(existsSync(reportFile)).toBe(false);
  });

  it("is not what an earlier attempt left in its report file", async () => {
    const told = await run(`mkdir -p reports; echo '{"loss": 9}' > reports/0.jsonl; [ -e $ATTUNE_REPORT_FILE ]`);
    expect(told.values).toEqual({ loss: 9 });
    const kept = await run(`[ ! -e $ATTUNE_REPORT_FILE ] && echo loss=4`);
    expect(kept.values).toEqual({ loss: 4 });
  });

  it("is a file of results, by the paths that are given, and its place may hold the trial's number", async () => {
    const settings = { file: "out/m-${trial}.json", paths: { loss: "test.loss" } };
    const told = await run(`mkdir out; echo '{"test": {"loss": 0.25}}' > out/m-0.json`, settings);
    expect(told).toMatchObject({ state: "complete", values: { loss: 0.25 }, ways: { loss: "metric-file" } });
    const plain = await run(`echo '{"loss": 0.5}' > m.json`, { file: "m.json" });
    expect(plain.values).toEqual({ loss: 0.5 });
  });

  it("is told where it was looked for in vain", async () => {
    const told = await run("true", { file: "none.json" });
    expect(told.outcome).toBe("no-metric");
    expect(told.message).toContain("none.json");
  });

  it("is a report by HTTP where that is asked for, with the token that the program got", async () => {
    const program = `
      const { ATTUNE_REPORT_URL: url, ATTUNE_REPORT_TOKEN: token } = process.env;
      if (url === undefined) { console.log("loss=7"); process.exit(); }
      const post = (authorization) => fetch(url, { method: "POST", headers: { authorization }, body: '{"loss": 0.75}' });
      const answers = [await post("Bearer wrong"), await post("Bearer " + token)];
      if (answers.map(({ status }) => status).join() !== "401,204") process.exit(3);`;
    const command = [process.execPath, "--input-type=module", "-e", program];
    expect(await run(command, { http: true })).toMatchObject({ values: { loss: 0.75 }, ways: { loss: "http" } });
    expect(await run(command)).toMatchObject({ values: { loss: 7 }, ways: { loss: "output" } });
  });

  it("is what it printed, a last line without an end too, unless it was cut off by a kill", async () => {
    expect((await run("echo loss=1; printf loss=0.5")).values).toEqual({ loss: 0.5 });
    const killed = await run("echo loss=1; printf loss=0.12; kill -KILL $$");
    expect(killed).toMatchObject({ state: "failed", values: { loss: 1 } });
    const after = await run("echo loss=1; printf loss=0.12; exit 137");
    expect(after.values).toEqual({ loss: 1 });
    const failed = await run("echo loss=1; printf loss=0.12; exit 127");
    expect(failed.values).toEqual({ loss: 0.12 });
  });
});

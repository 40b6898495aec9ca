import {
  appendFileSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, describe, expect, it, vi } from "vitest";
import type { MetricSettings } from "../../protocol/metric-settings.ts";
import type { MetricWay } from "../../protocol/metric-way.ts";
import { NEWEST_READER } from "../../protocol/reader-version.ts";
import { contractJob, startJob } from "../executor.contract.ts";
import { CommandExecutor } from "./command-executor.ts";
import { MetricSources, type MetricSourcesSetup } from "./metric-sources.ts";

const folder = realpathSync(mkdtempSync(join(tmpdir(), "attune-sources-")));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const opened: CommandExecutor[] = [];
afterEach(async () => {
  vi.useRealTimers();
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

/** An attempt's sources with what is handed on from them, and a storage that has room for reports or not. */
async function open() {
  const cwd = mkdtempSync(join(folder, "open-"));
  const file = join(cwd, "reports", "0.jsonl");
  const told: string[] = [];
  const storage = { gate: null as PromiseWithResolvers<void> | null, takes: Number.POSITIVE_INFINITY };
  const taken = (text: string): void => {
    told.push(text);
    storage.takes -= 1;
    if (storage.takes === 0) storage.gate = Promise.withResolvers();
  };
  const reader = {
    push: (stream: string, chunk: Buffer) => taken(`${stream} ${chunk.length > 20 ? chunk.length : chunk}`),
    take: (way: string, step: number | null, values: object) => taken(`${way} ${step} ${JSON.stringify(values)}`),
    end: (whole: boolean) => told.push(`end ${whole}`),
  };
  const setup = {
    settings: {},
    metrics: ["loss"],
    cwd,
    reader,
    reportFile: file,
    room: () => storage.gate?.promise ?? null,
    onWait: (reason: string, wait: boolean) => told.push(`${wait ? "wait for" : "no wait for"} ${reason}`),
    fill: (text: string) => text,
    quote: (line: string) => line,
  };
  const sources = await MetricSources.open(setup as unknown as MetricSourcesSetup);
  const makeRoom = (): void => {
    const { gate } = storage;
    storage.gate = null;
    gate?.resolve();
  };
  return { sources, file, told, storage, makeRoom };
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const timers = (): number => process.getActiveResourcesInfo().filter((name) => name === "Timeout").length;

describe("what a program prints and reports", () => {
  it("is read as it comes, reports that were written before a line before it", async () => {
    const { sources, file, told } = await open();
    expect(sources.variables).toEqual({ ATTUNE_REPORT_FILE: file });
    appendFileSync(file, '{"step": 1, "loss": 2}\n');
    sources.push("stdout", Buffer.from("one"));
    sources.push("stderr", Buffer.from("two"));
    expect(told).toEqual(['report-file 1 {"loss":2}', "stdout one", "stderr two"]);
    appendFileSync(file, '{"step": 2, "loss": 1}');
    await sources.end(true);
    expect(told.slice(3)).toEqual(['report-file 2 {"loss":1}', "end true"]);
    expect([existsSync(file), sources.problems, sources.unreadable, sources.endless]).toEqual([false, [], [], false]);
  });

  it("is looked at by itself, and holds no process", async () => {
    const before = timers();
    const { sources, file, told } = await open();
    expect(timers()).toBeLessThanOrEqual(before);
    appendFileSync(file, '{"step": 1, "loss": 2}\n');
    while (told.length === 0) await turn();
    await sources.end(false);
    expect(told).toEqual(['report-file 1 {"loss":2}', "end false"]);
  });

  it("is looked at four times a second, as long as the program runs", async () => {
    vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
    const { sources, file, told } = await open();
    for (const step of [1, 2, 3]) {
      appendFileSync(file, `{"step": ${step}, "loss": 2}\n`);
      vi.advanceTimersByTime(249);
      expect(told).toHaveLength(step - 1);
      vi.advanceTimersByTime(1);
      expect(told).toHaveLength(step);
    }
    await sources.end(false);
    expect(vi.getTimerCount()).toBe(0);
    writeFileSync(file, '{"step": 4, "loss": 2}\n');
    vi.advanceTimersByTime(10_000);
    await turn();
    expect(told.slice(3)).toEqual(["end false"]);
  });

  it("waits while there is no room for reports, and so does the program", async () => {
    const { sources, told, storage, makeRoom } = await open();
    storage.takes = 1;
    sources.push("stdout", Buffer.from("one"));
    // From now on, not from its next words on.
    expect(told).toEqual(["stdout one", "wait for reports"]);
    sources.push("stdout", Buffer.from("two"));
    sources.push("stderr", Buffer.from("three"));
    expect(told).toHaveLength(2);
    makeRoom();
    while (told.length < 5) await turn();
    expect(told.slice(2)).toEqual(["stdout two", "stderr three", "no wait for reports"]);
    await sources.end(true);
    expect(told.slice(5)).toEqual(["end true"]);
  });

  it("is held back up to a mebibyte before the program has to wait for its files to be read", async () => {
    const { sources, told, storage, makeRoom } = await open();
    storage.takes = 1;
    sources.push("stdout", Buffer.from("x"));
    told.length = 0;
    sources.push("stdout", Buffer.alloc(1_048_575));
    expect(told).toEqual([]);
    sources.push("stdout", Buffer.from("y"));
    expect(told).toEqual(["wait for files"]);
    sources.push("stdout", Buffer.from("z"));
    makeRoom();
    while (told.length < 6) await turn();
    expect(told.slice(1)).toEqual([
      "stdout 1048575",
      "stdout y",
      "stdout z",
      "no wait for files",
      "no wait for reports",
    ]);
    await sources.end(true);
  });

  it("is read on at once where its file has more than goes in one turn, the output after it", async () => {
    // The next look by the clock never comes.
    vi.useFakeTimers({ toFake: ["setInterval"] });
    const { sources, file, told } = await open();
    const line = `{"step": 1, "note": "${"n".repeat(1_000)}", "loss": 2}\n`;
    writeFileSync(file, line.repeat(2_500));
    sources.push("stdout", Buffer.from("after"));
    expect(told).not.toContain("stdout after");
    while (!told.includes("stdout after")) await turn();
    expect(told.indexOf("stdout after")).toBe(2_500);
    await sources.end(true);
    expect(told).toHaveLength(2_502);
  });

  it("is read to its end after the program's, but nothing more once that is to be killed", async () => {
    const { sources, told, storage, makeRoom } = await open();
    storage.takes = 1;
    sources.push("stdout", Buffer.from("one"));
    sources.push("stdout", Buffer.from("two"));
    const over = sources.end(true);
    await turn();
    expect(told).not.toContain("stdout two");
    makeRoom();
    await over;
    expect(told.slice(-3)).toEqual(expect.arrayContaining(["stdout two", "end true"]));
    const other = await open();
    other.storage.takes = 1;
    other.sources.push("stdout", Buffer.from("one"));
    other.sources.push("stdout", Buffer.from("two"));
    await other.sources.end(false, AbortSignal.abort());
    expect(other.told).toEqual(["stdout one", "wait for reports", "end false"]);
  });

  it.each([
    ["more than 256 MiB", 268_435_456 + 2_097_152, true],
    ["less than that", 200_000_000, false],
  ])(
    "is left out where %s of a file is unread at the end",
    async (_how, bytes, endless) => {
      const { sources, file } = await open();
      writeFileSync(file, "");
      truncateSync(file, bytes);
      await sources.end(true);
      expect(sources.endless).toBe(endless);
    },
    60_000,
  );

  it("says what cannot be read, and that folders cannot be made", async () => {
    const { sources, file } = await open();
    appendFileSync(file, "no report\n");
    sources.push("stdout", Buffer.from("x"));
    expect(sources.problems).toEqual(["A line of ATTUNE_REPORT_FILE is no JSON object with a number: no report"]);
    expect(readFileSync(file, "utf8")).toBe("no report\n");
    await sources.end(true);
    const blocked = { settings: {}, reportFile: join(import.meta.filename, "reports", "0.jsonl"), room: () => null };
    await expect(MetricSources.open(blocked as unknown as MetricSourcesSetup)).rejects.toMatchObject({
      code: "user-code",
      message: expect.stringMatching(/^The folder for a trial's reports could not be made \(.*ENOTDIR/),
    });
  });
});

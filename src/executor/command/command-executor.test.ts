import { execFileSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, describe, expect, it } from "vitest";
import type { Params } from "../../space/json.ts";
import { contractJob, executorContract, startJob } from "../executor.contract.ts";
import { CommandExecutor, type CommandExecutorOptions } from "./command-executor.ts";
import { findMarked } from "./process-tree.ts";

const folder = realpathSync(mkdtempSync(join(tmpdir(), "attune-command-")));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

executorContract("command", {
  open: () =>
    new CommandExecutor({
      command: { argv: ["sh", join(import.meta.dirname, "contract-program.sh")] },
      parameters: [],
    }),
  outcomes: { fail: "exit-code", nothing: "no-metric" },
});

const opened: CommandExecutor[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((executor) => executor.close()));
});

/** Processes of these executors have this word in their environment. */
const mark = randomUUID();

function start(
  command: string | readonly string[],
  params: Params = {},
  options: Partial<CommandExecutorOptions> = {},
) {
  const executor = new CommandExecutor({
    command: typeof command === "string" ? { shell: command } : { argv: command },
    parameters: Object.keys(params),
    environment: { ...process.env, TEST_MARK: mark },
    ...options,
  });
  opened.push(executor);
  return startJob(executor, { ...contractJob({ ending: "value" }), params });
}
const run = (...input: Parameters<typeof start>) => start(...input).result;

describe("CommandExecutor", () => {
  it("hands values on unharmed, without a shell and through one", async () => {
    const nasty = ["a b", "it's", '"', "$HOME `id` $(id)", "a\nb", "-5", "--x", "", "*", "\\", "é漢"];
    const program = "console.log('loss=1'); console.log(JSON.stringify(process.argv.slice(1)))";
    for (const [index, shell] of [false, true].entries()) {
      const log = join(folder, `nasty-${index}.log`);
      const params = Object.fromEntries(nasty.map((value, i) => [`p${i}`, value]));
      const places = nasty.map((_, i) => `\${p${i}}`);
      const command = shell ? `node -e "${program}" -- ${places.join(" ")}` : ["node", "-e", program, "--", ...places];
      expect(await run(command, params, { logFile: () => log })).toMatchObject({ state: "complete" });
      expect(JSON.parse(readFileSync(log, "utf8").split("\n")[1]!)).toEqual(nasty);
    }
  });

  it("gives the trial's environment, the working folder and an empty standard input", async () => {
    const log = join(folder, "env.log");
    const environment = {
      PATH: process.env.PATH,
      ATTUNE_FOLD: "9",
      ATTUNE_PARAM_OLD: "1",
      ATTUNE_STORAGE: "s.db",
      OWN: "x",
    };
    const result = await run(
      "cat; pwd; echo loss=1; env",
      { lr: 0.5 },
      { cwd: folder, logFile: () => log, environment },
    );
    expect(result.state).toBe("complete");
    const lines = readFileSync(log, "utf8").split("\n");
    expect(lines[0]).toBe(folder);
    expect(lines).toEqual(
      expect.arrayContaining(["ATTUNE_PARAM_LR=0.5", 'ATTUNE_PARAMS={"lr":0.5}', "ATTUNE_TRIAL=0", "ATTUNE_SEED=7"]),
    );
    expect(lines).toEqual(expect.arrayContaining(["ATTUNE_STORAGE=s.db", "OWN=x", "PYTHONUNBUFFERED=1"]));
    expect(lines.filter((line) => /^ATTUNE_(FOLD|PARAM_OLD)/.test(line))).toEqual([]);
  });

  it("tells exit codes, signals, silence and unknown programs apart", async () => {
    expect((await run("echo one; echo two >&2; exit 4")).end).toMatchObject({
      outcome: "exit-code",
      exitCode: 4,
      message: expect.stringMatching(/exit code 4\. Its last lines:\n(one\ntwo|two\none)$/),
    });
    expect((await run("kill -SEGV $$")).end).toMatchObject({ outcome: "signal", exitCode: null, signal: "SIGSEGV" });
    expect((await run("no-such-program-x")).end).toMatchObject({
      exitCode: 127,
      message: expect.stringMatching(/not found/),
    });
  });

  it("lists the names it saw when the metric never came", async () => {
    const { end } = await run("echo acc=1 f1: 0.5; echo 'losses=3'");
    expect(end.outcome).toBe("no-metric");
    expect(end.message).toMatch(
      /no metric `loss` in its output; names with a number seen, the closest first: losses, acc, f1/,
    );
    expect((await run("true")).end.message).toMatch(/nothing that looks like one.*It printed nothing/);
  });

  it("says why a program could not be started", async () => {
    const script = join(folder, "script");
    writeFileSync(script, "#!/no/such/interpreter\n");
    const why = async (argv: readonly string[], options = {}) => {
      const { state, end } = await run(argv, {}, options);
      expect([state, end.outcome]).toEqual(["failed", "not-started"]);
      return end.message;
    };
    expect(await why(["no-such-program-x"])).toMatch(/"no-such-program-x" was not found in any folder of PATH/);
    expect(await why(["./nothing"], { cwd: folder })).toMatch(/was not found \(looked for from/);
    expect(await why([script])).toMatch(/may not be run.*chmod \+x/);
    chmodSync(script, 0o755);
    expect(await why([script])).toMatch(/interpreter its first line/);
    expect(await why(["true"], { cwd: join(folder, "none") })).toMatch(/working folder .* does not exist/);
    expect(await why(["echo", "a\0b"])).toMatch(/NUL/);
    expect(await why(["echo", "x".repeat(3_000_000)])).toMatch(/too long/);
  });

  it("keeps the log apart per attempt, private, in a folder it makes", async () => {
    const log = join(folder, "deep", "er", "0.log");
    await run("echo loss=1; echo err >&2", {}, { logFile: () => log });
    expect(readFileSync(log, "utf8").split("\n").sort()).toEqual(["", "err", "loss=1"]);
    expect(statSync(log).mode & 0o777).toBe(0o600);
  });

  it("says when the log could not be written, and goes on", async () => {
    writeFileSync(join(folder, "file"), "");
    const result = await run("echo loss=1", {}, { logFile: () => join(folder, "file", "0.log") });
    expect(result).toMatchObject({
      state: "complete",
      end: { message: expect.stringMatching(/log could not be written/) },
    });
  });

  it("loses nothing of a large output, log included", async () => {
    const log = join(folder, "large.log");
    const program =
      "for (let i = 0; i < 400000; i++) process.stdout.write('line ' + i + ' of a large output without a metric\\n'); console.log('loss=0.5')";
    const result = await run(["node", "-e", program], {}, { logFile: () => log });
    expect(result).toMatchObject({ state: "complete", values: { loss: 0.5 } });
    const text = readFileSync(log, "utf8");
    expect(text.split("\n").length).toBe(400_002);
    expect(text.endsWith("line 399999 of a large output without a metric\nloss=0.5\n")).toBe(true);
  });

  it("names the checkpoint folder when something was kept in it", async () => {
    const checkpoint = join(folder, "checkpoint");
    const options = { checkpointFolder: () => checkpoint };
    expect((await run("echo loss=1; test -d $ATTUNE_CHECKPOINT_DIR", {}, options)).end.checkpoint).toBeNull();
    await opened.pop()!.close();
    expect(existsSync(checkpoint)).toBe(false);
    expect((await run("echo loss=1; touch $ATTUNE_CHECKPOINT_DIR/x", {}, options)).end.checkpoint).toBe(checkpoint);
    expect(readdirSync(checkpoint)).toEqual(["x"]);
  });

  it("names the checkpoint to go on from where it still is, and tells of one that is gone", async () => {
    const checkpoint = join(folder, "earlier");
    const executor = new CommandExecutor({ command: { shell: 'echo "loss=${#ATTUNE_RESUME_FROM}"' }, parameters: [] });
    opened.push(executor);
    const lengthOf = async (resumeFrom: string | null) => {
      const job = startJob(executor, { ...contractJob({ ending: "value" }), resumeFrom });
      return [(await job.result).values.loss, ...job.missing];
    };
    expect(await lengthOf(null)).toEqual([0]);
    expect(await lengthOf(checkpoint)).toEqual([0, checkpoint]);
    writeFileSync(checkpoint, "");
    expect(await lengthOf(checkpoint)).toEqual([checkpoint.length]);
  });

  it("refuses a command it cannot render", async () => {
    await expect(run("echo `echo ${lr}`", { lr: 1 })).rejects.toThrow(/backticks/);
  });
});

describe.runIf(process.platform === "linux")("CommandExecutor and process trees", () => {
  const left = () => findMarked([mark]);

  it.each([
    ["in the program's group", "sleep 1000 &"],
    ["in a session of its own", "setsid sleep 1000 &"],
  ])("does not wait for a child that keeps the pipes open %s, and ends it", async (_where, child) => {
    const result = await run(`${child} echo loss=1`, {}, { drainMs: 30 });
    expect(result).toMatchObject({ state: "complete", values: { loss: 1 } });
    expect(await left()).toEqual([]);
  });

  it("reads what a child prints shortly after the program's exit", async () => {
    const fifo = join(folder, "fifo");
    const late = `mkfifo ${fifo}; (read -r line < ${fifo}; echo loss=0.25) & (echo go > ${fifo}) & exit 0`;
    expect(await run(late, {}, { drainMs: 20_000 })).toMatchObject({ state: "complete", values: { loss: 0.25 } });
  });

  it("ends daemons that closed everything, at the latest with the executor", async () => {
    const result = await run("setsid sleep 1000 </dev/null >/dev/null 2>&1 & echo loss=1");
    expect(result.state).toBe("complete");
    await opened.pop()!.close();
    expect(await left()).toEqual([]);
  });

  it("kills the whole tree of a program that ignores SIGTERM and left its group", async () => {
    const job = start(
      "trap '' TERM; setsid sh -c \"trap '' TERM; echo step 1 loss=7; while :; do sleep 1; done\" & wait",
    );
    await job.firstReport;
    job.stop.abort();
    job.kill.abort();
    expect(await job.result).toMatchObject({ state: null, end: { outcome: "preempted" } });
    expect(await left()).toEqual([]);
  });

  it.each([["through the pipe"], ["with its output in a file"]])(
    "lets what a stopped shell left save its work, %s",
    async (how) => {
      const inFile = how.includes("file");
      const saved = join(folder, "saved");
      const gate = join(folder, "gate");
      execFileSync("mkfifo", [gate]);
      const script = join(folder, "saving.sh");
      writeFileSync(
        script,
        `trap 'sleep 0.2; echo step 2 loss=3; echo yes > ${saved}; exit' TERM
        echo step 1 loss=7; echo ready > ${gate}; while :; do sleep 1 & wait $!; done`,
      );
      const job = start(`sh ${script}${inFile ? " >/dev/null 2>&1" : ""}; true`, {}, { drainMs: 20 });
      expect(await readFile(gate, "utf8")).toBe("ready\n");
      rmSync(gate);
      job.stop.abort();
      const result = await job.result;
      expect(result).toMatchObject({ state: null, end: { outcome: "preempted", signal: "SIGTERM" } });
      expect(readFileSync(saved, "utf8")).toBe("yes\n");
      rmSync(saved);
      expect(result.values).toEqual(inFile ? {} : { loss: 3 });
      expect(await left()).toEqual([]);
    },
  );

  it("ends what goes on after a stop when it is killed", async () => {
    const job = start("sh -c \"trap '' TERM; echo step 1 loss=7; while :; do sleep 1; done\"; true");
    await job.firstReport;
    job.stop.abort();
    job.kill.abort();
    expect((await job.result).end.outcome).toBe("preempted");
    expect(await left()).toEqual([]);
  });

  it("does not start what is stopped while its checkpoint folder is made", async () => {
    const job = start("echo step 1 loss=7; sleep 1000", {}, { checkpointFolder: () => join(folder, "early") });
    job.stop.abort();
    expect(await job.result).toMatchObject({ state: null, values: {}, end: { outcome: "preempted" } });
  });

  it("leaves no checkpoint of a program that had to be killed", async () => {
    const torn = join(folder, "torn");
    const command = `trap '' TERM; echo half > "$ATTUNE_CHECKPOINT_DIR/state"; echo step 1 loss=7; while :; do sleep 1; done`;
    const job = start(command, {}, { checkpointFolder: () => torn });
    await job.firstReport;
    job.stop.abort();
    job.kill.abort();
    expect((await job.result).end).toMatchObject({ outcome: "preempted", checkpoint: null });
    await Promise.all(opened.splice(0).map((executor) => executor.close()));
    expect(existsSync(torn)).toBe(false);
  });

  it("reaches a program that is stopped", async () => {
    const job = start("echo step 1 loss=7; kill -STOP $$; exec sleep 1000");
    await job.firstReport;
    job.stop.abort();
    expect((await job.result).end.outcome).toBe("preempted");
    expect(await left()).toEqual([]);
  });
});

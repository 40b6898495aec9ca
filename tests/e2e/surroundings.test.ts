import { execFileSync, spawn } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";
import { COMPILE_CACHE } from "../support/compile-cache.ts";
import { attune, folder, TRAIN, TRAIN_COMMAND, trials } from "./attune.ts";

const MAIN = fileURLToPath(new URL("../../src/cli/main.ts", import.meta.url));
const ATTUNE = `"${process.execPath}" "${MAIN}"`;
const RUN = ["run", "--minimize", "loss", "--trials", "3", "--seed", "1", ...TRAIN_COMMAND];
const RUN_LINE = RUN.map((word) => `'${word}'`).join(" ");

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs a line of the shell; the code is that of `attune`, wherever it stands in a pipe, when the line tells it. */
async function shell(cwd: string, line: string, env: NodeJS.ProcessEnv = process.env): Promise<Ended> {
  const child = spawn("/bin/bash", ["-c", line], {
    cwd,
    env: { ...env, NODE_COMPILE_CACHE: COMPILE_CACHE },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let [out, err] = ["", ""];
  child.stdout.on("data", (chunk) => {
    out += chunk;
  });
  child.stderr.on("data", (chunk) => {
    err += chunk;
  });
  return await new Promise((resolve) => child.on("close", (code) => resolve({ code, out, err })));
}

let tuned = "";
beforeAll(async () => {
  tuned = folder({ "train.mjs": TRAIN });
  expect((await attune(tuned, RUN)).code).toBe(0);
});

describe("readers that leave", () => {
  it.each(["show", "trials", "trials --json", "log 0", "--help"])(
    "`attune %s | head -1` ends silently with 0",
    async (words) => {
      const { code, out, err } = await shell(tuned, `${ATTUNE} ${words} | head -1; exit \${PIPESTATUS[0]}`);
      expect([code, err]).toEqual([0, ""]);
      expect(out.split("\n")).toHaveLength(2);
    },
  );

  it("a run goes on when nobody reads it any more", async () => {
    const cwd = folder({ "train.mjs": TRAIN });
    const { code } = await shell(cwd, `${ATTUNE} ${RUN_LINE} 2>&1 | head -1; exit \${PIPESTATUS[0]}`);
    expect(code).toBe(0);
    expect(await trials(cwd, "train")).toHaveLength(3);
  });

  it("closed standard output, error and input do no harm", async () => {
    const cwd = folder({ "train.mjs": TRAIN });
    expect((await shell(cwd, `${ATTUNE} ${RUN_LINE} >&- 2>&- <&-`)).code).toBe(0);
    expect(await trials(cwd, "train")).toHaveLength(3);
    expect((await shell(cwd, `${ATTUNE} show >&-`)).code).toBe(0);
  });

  it.runIf(process.platform === "linux")("a full disk behind standard output is told", async () => {
    const { code } = await shell(tuned, `${ATTUNE} show > /dev/full`);
    expect(code).not.toBe(0);
  });
});

describe("poor surroundings", () => {
  it("cron: no HOME, no TERM, hardly a PATH, another folder", async () => {
    const cwd = folder({ "train.mjs": TRAIN });
    const { code, err } = await shell("/", `cd "${cwd}" && exec ${ATTUNE} ${RUN_LINE}`, { PATH: "/usr/bin:/bin" });
    expect(err).not.toMatch(/\u001b|internal error/);
    expect(code).toBe(0);
    expect(await trials(cwd, "train")).toHaveLength(3);
  });

  it("a home that does not exist or cannot be written to", async () => {
    const cwd = folder({ "train.mjs": TRAIN });
    const { code } = await shell(cwd, `${ATTUNE} ${RUN_LINE}`, { PATH: process.env.PATH, HOME: "/proc/nowhere" });
    expect(code).toBe(0);
  });

  it("nohup without a terminal: a hang-up changes nothing", async () => {
    const slow = { "train.mjs": `${TRAIN}\nawait new Promise((done) => setTimeout(done, 60));` };
    const cwd = folder(slow);
    const line = `nohup ${ATTUNE} ${RUN_LINE} > out.txt 2>&1 & pid=$!
      until grep -q 'trial   0' out.txt; do sleep 0.02; done; kill -HUP $pid; wait $pid`;
    expect((await shell(cwd, line)).code).toBe(0);
    expect(await trials(cwd, "train")).toHaveLength(3);
  });

  it("a service manager's SIGTERM: stops within the grace, gives back what runs, and goes on at the next start", async () => {
    const cwd = folder({ "program.sh": "echo loss=$1; [ -e go ] || { echo begun > begun; sleep 1000; }" });
    const line = `${ATTUNE} run --minimize loss --study s --trials 2 --grace 0.3 -- sh program.sh '{x: 0..1}'`;
    const stopped = await shell(
      cwd,
      `${line} & pid=$!; until [ -e begun ]; do sleep 0.02; done; kill -TERM $pid; wait $pid`,
    );
    expect(stopped.code).toBe(143);
    expect(stopped.err).toMatch(/SIGTERM: no new trials/);
    expect((await trials(cwd, "s")).map(({ state }) => state)).toEqual(["waiting"]);
    expect((await shell(cwd, `touch go; ${line}`)).code).toBe(0);
    expect((await trials(cwd, "s")).map(({ state }) => state)).toEqual(["complete", "complete"]);
  });

  const tmux = hasTmux();
  it.skipIf(!tmux && process.env.CI === undefined)(
    "tmux: a session that is killed stops the run, which goes on later with nothing lost",
    async () => {
      const cwd = folder({ "program.sh": "echo loss=$1; [ -e go ] || { echo begun > begun; sleep 1000; }" });
      mkdirSync(join(cwd, "tmux"));
      const line = `${ATTUNE} run --minimize loss --study s --trials 2 --grace 0.3 -- sh program.sh '{x: 0..1}'`;
      const script = `export TMUX_TMPDIR="$PWD/tmux"; unset TMUX
        tmux -f /dev/null new-session -d -s attune -x 100 -y 30 ${quote(`${line} 2>err.txt; echo $? > code`)}
        until [ -e begun ]; do sleep 0.02; done
        tmux kill-session -t attune
        until ${ATTUNE} trials s --json | grep -q '"state":"waiting"'; do sleep 0.05; done`;
      expect((await shell(cwd, script)).code).toBe(0);
      expect((await shell(cwd, `touch go; ${line}`)).code).toBe(0);
      expect((await trials(cwd, "s")).map(({ state }) => state)).toEqual(["complete", "complete"]);
    },
  );
});

function hasTmux(): boolean {
  try {
    execFileSync("tmux", ["-V"], { stdio: "ignore" });
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return false;
    throw error;
  }
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

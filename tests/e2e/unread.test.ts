import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { closeSync, constants, existsSync, openSync, readSync, statSync, writeFileSync, writeSync } from "node:fs";
import { watch } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { createStudy, float } from "../../src/index.ts";
import { attune, folder, start, trials } from "./attune.ts";

const MAIN = fileURLToPath(new URL("../../src/cli/main.ts", import.meta.url));
/** Opens a terminal, runs the words in it, reads nothing of it, and ends as they end. */
const UNREAD =
  "import os, pty, sys\npid, _ = pty.fork()\nif pid == 0: os.execv(sys.argv[1], sys.argv[1:])\nsys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) % 256)";
const run = (count: number) => [
  ...["run", "--study", "s", "--minimize", "loss", "--sampler", "random", "--workers", "2", "--trials", String(count)],
  ...["--", "sh", "-c", "echo loss=1; printf x >> ran", "a-name-that-makes-long-lines-in-the-terminal", "{x: 0..1}"],
];
/** Resolves once a file has so many bytes. */
async function sized(file: string, bytes: number): Promise<void> {
  writeFileSync(file, "");
  for await (const _ of watch(file)) if (statSync(file).size >= bytes) return;
}

/** Does so again and again until the pipe takes, or gives, nothing more. */
function untilRefused(act: () => void): void {
  try {
    for (;;) act();
  } catch (error) {
    expect(error).toMatchObject({ code: "EAGAIN" });
  }
}

/** A pipe that is full to the last byte, opened at both ends: whoever is given one may make that end, and no other, block. */
function fullPipe(cwd: string): { readonly reader: number; readonly writer: number } {
  expect(spawnSync("mkfifo", [`${cwd}/pipe`]).status).toBe(0);
  const open = (access: number): number => openSync(`${cwd}/pipe`, access | constants.O_NONBLOCK);
  const [reader, writer] = [open(constants.O_RDONLY), open(constants.O_WRONLY)];
  for (const size of [4096, 1]) untilRefused(() => writeSync(writer, Buffer.alloc(size, ".")));
  return { reader, writer };
}

/** Reads a pipe until it is empty. */
function readAll(pipe: number): string {
  const piece = Buffer.alloc(65_536);
  let text = "";
  untilRefused(() => {
    text += piece.toString("utf8", 0, readSync(pipe, piece));
  });
  return text;
}

const lacksPython = spawnSync("python3", ["--version"]).status !== 0 && process.env.CI === undefined;

describe("nobody reads what is written", () => {
  it.skipIf(lacksPython)("in a terminal: all trials are run and the process ends", async () => {
    const cwd = folder();
    const words = ["-c", UNREAD, process.execPath, MAIN, ...run(150)];
    const child = spawn("python3", words, { cwd, env: { ...process.env, TERM: "xterm" }, stdio: "inherit" });
    const [code] = await once(child, "exit");
    expect(code).toBe(0);
    expect((await trials(cwd, "s")).filter(({ state }) => state === "complete")).toHaveLength(150);
  });

  it("of a full pipe: all trials are run, and what was missed is counted", async () => {
    const cwd = folder();
    const ran = sized(`${cwd}/ran`, 900);
    const running = start(cwd, run(900));
    running.child.stderr!.pause();
    await ran;
    running.child.stderr!.resume();
    expect((await running.ended).code).toBe(0);
    expect((await trials(cwd, "s")).filter(({ state }) => state === "complete")).toHaveLength(900);
  });

  it.skipIf(process.platform !== "linux")(
    "of a pipe that is full and stays so: the run ends, unless a result waits for its reader, and signals end that",
    async () => {
      for (const outputs of ["error", "both"] as const) {
        const cwd = folder();
        const { reader, writer } = fullPipe(cwd);
        const ran = sized(`${cwd}/ran`, 5);
        const child = spawn(process.execPath, [MAIN, ...run(5)], {
          cwd,
          stdio: ["ignore", outputs === "both" ? writer : "ignore", writer],
        });
        const ended = once(child, "exit");
        await ran;
        if (outputs === "error") {
          expect(await ended).toEqual([0, null]);
          expect(readAll(reader)).toMatch(/^\.+$/);
        } else {
          let left = 20;
          // Between the last trial and the end it takes a moment until no handler is left.
          const again = setInterval(() => (left-- > 0 ? child.kill("SIGTERM") : child.kill("SIGKILL")), 500);
          const [, signal] = await ended;
          clearInterval(again);
          expect(signal).not.toBe("SIGKILL");
        }
        for (const end of [reader, writer]) closeSync(end);
        expect((await trials(cwd, "s")).filter(({ state }) => state === "complete")).toHaveLength(5);
      }
    },
  );

  it.skipIf(process.platform !== "linux")(
    "of a pipe until all is done: the result is kept for its reader",
    async () => {
      const cwd = folder();
      const { reader, writer } = fullPipe(cwd);
      const ran = sized(`${cwd}/ran`, 5);
      const child = spawn(process.execPath, [MAIN, ...run(5)], { cwd, stdio: ["ignore", writer, writer] });
      const ended = once(child, "exit");
      await ran;
      let text = "";
      const reading = setInterval(() => {
        text += readAll(reader);
      }, 50);
      expect(await ended).toEqual([0, null]);
      clearInterval(reading);
      expect(text + readAll(reader)).toMatch(/best +loss 1/);
      for (const end of [reader, writer]) closeSync(end);
    },
  );

  it("of a pipe by someone slow: every trial of a long list arrives, in order", async () => {
    const cwd = folder();
    const rows = Array.from({ length: 3_000 }, (_none, k) => `${k / 3_000},${k}`);
    writeFileSync(`${cwd}/old.csv`, ["x,loss", ...rows].join("\n"));
    const storage = `${cwd}/attune.db`;
    await (await createStudy({ name: "s", storage, minimize: "loss", space: { x: float(0, 1) } })).close();
    expect((await attune(cwd, ["import", "old.csv", "s"])).code).toBe(0);
    const { reader, writer } = fullPipe(cwd);
    const child = spawn(process.execPath, [MAIN, "trials", "s", "--json"], {
      cwd,
      stdio: ["ignore", writer, "inherit"],
    });
    const ended = once(child, "exit");
    let text = "";
    const reading = setInterval(() => {
      text += readAll(reader);
    }, 5);
    expect(await ended).toEqual([0, null]);
    clearInterval(reading);
    const lines = (text + readAll(reader)).replace(/^\.+/, "").trim().split("\n");
    expect(lines.map((line) => JSON.parse(line).number)).toEqual([...rows.keys()]);
    for (const end of [reader, writer]) closeSync(end);
  });

  it.skipIf(!existsSync("/dev/full"))("a full disk under the result is said, code 3", async () => {
    const cwd = folder();
    expect((await attune(cwd, run(2))).code).toBe(0);
    const full = openSync("/dev/full", "w");
    for (const words of [
      ["export", "s"],
      ["trials", "s"],
      ["show", "s"],
    ]) {
      const { status, stderr } = spawnSync(process.execPath, [MAIN, ...words], {
        cwd,
        stdio: ["ignore", full, "pipe"],
      });
      expect(String(stderr)).toMatch(/^attune: the result cannot be written to standard output: ENOSPC[^\n]*\n$/);
      expect(status).toBe(3);
    }
    closeSync(full);
  });
});

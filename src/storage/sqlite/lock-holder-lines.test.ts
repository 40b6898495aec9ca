import fs, { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { lockHolder } from "./lock-holder.ts";

const { readFileSync } = fs;
let folder = "";
let file = "";
/** What is in /proc, by its path; other paths have what the system has. */
let proc: Readonly<Record<string, string | Error>> = {};
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "attune-lines-"));
  file = join(folder, "a.db");
  for (const name of [file, `${file}-shm`, `${file}-wal`]) writeFileSync(name, "");
  fs.readFileSync = ((path: string, ...rest: readonly never[]) => {
    if (!path.startsWith("/proc/")) return readFileSync(path, ...rest);
    const text = proc[path] ?? Object.assign(new Error("none"), { code: "ENOENT" });
    if (typeof text === "string") return text;
    throw text;
  }) as typeof readFileSync;
  syncBuiltinESMExports();
});
afterEach(() => {
  fs.readFileSync = readFileSync;
  syncBuiltinESMExports();
  rmSync(folder, { recursive: true });
});

const PROCESS = {
  "/proc/4711/stat": "4711 (node (x) y) S 1 4711",
  "/proc/4711/cmdline": "/usr/bin/node\0/srv/run.mjs\0",
};

/** Who holds the lock by such lines of /proc/locks, in which MAIN, SHM and WAL stand for the numbers of the files. */
function holderBy(lines: readonly string[], more: typeof proc = {}) {
  const number = (name: string): string => `${statSync(name).ino}`;
  const locks = lines
    .map((line, k) => `${k + 1}: ${line}`)
    .join("\n")
    .replaceAll("MAIN", number(file))
    .replaceAll("SHM", number(`${file}-shm`))
    .replaceAll("WAL", number(`${file}-wal`));
  proc = { "/proc/locks": `${locks}\n`, ...PROCESS, ...more };
  return lockHolder(file);
}

it.each([
  "POSIX  ADVISORY  WRITE 4711 08:01:SHM 120 120",
  "POSIX  ADVISORY  WRITE 4711 fe:0a:SHM 119 120",
  "OFDLCK ADVISORY  WRITE 4711 08:01:SHM 120 127",
  "POSIX  ADVISORY  WRITE 4711 08:01:SHM 0 EOF",
  "POSIX  ADVISORY  WRITE 4711 08:01:MAIN 1073741825 1073741825",
])("is whom a line names that locks the writer's byte of the index, or some of the main file: %s", (line) => {
  const named = { pid: 4711, name: "node run.mjs", stopped: false };
  expect(holderBy([line])).toEqual(named);
  expect(holderBy(["POSIX  ADVISORY  WRITE 12 08:01:WAL 0 EOF", line])).toEqual(named);
});

it.each([
  "POSIX  ADVISORY  WRITE 4711 08:01:SHM 121 127",
  "POSIX  ADVISORY  WRITE 4711 08:01:SHM 0 119",
  "POSIX  ADVISORY  READ  4711 08:01:SHM 120 120",
  "FLOCK  ADVISORY  WRITE 4711 08:01:SHM 0 EOF",
  "-> POSIX  ADVISORY  WRITE 4711 08:01:SHM 120 120",
  "POSIX  ADVISORY  WRITE 4711 08:01:WAL 120 120",
  "OFDLCK ADVISORY  WRITE -1 08:01:SHM 120 120",
  "POSIX  ADVISORY  WRITE 0 08:01:SHM 120 120",
  `POSIX  ADVISORY  WRITE ${process.pid} 08:01:SHM 120 120`,
  "of another kind",
])("is nobody by a line that says something else: %s", (line) => {
  const stat = { "/proc/0/stat": "0 (x) S", "/proc/-1/stat": "-1 (x) S", [`/proc/${process.pid}/stat`]: "1 (x) S" };
  expect(holderBy([line], stat)).toBeNull();
});

it("is the first process of a container too", () => {
  const init = { "/proc/1/stat": "1 (init) S 0", "/proc/1/cmdline": "/sbin/init\0" };
  expect(holderBy(["POSIX  ADVISORY  WRITE 1 08:01:SHM 120 120"], init)).toEqual({
    pid: 1,
    name: "init",
    stopped: false,
  });
});

it.each([
  ["python\0-u\0train.py\0", "python"],
  ["/usr/bin/python3\0/home/me/train.py\0--lr\0", "python3 train.py"],
  ["sqlite3", "sqlite3"],
  ["", ""],
])("has the name of its program and of the script that one runs (%j)", (cmdline, name) => {
  const line = "POSIX  ADVISORY  WRITE 4711 08:01:SHM 120 120";
  expect(holderBy([line], { "/proc/4711/cmdline": cmdline })).toMatchObject({ name });
});

it.each([
  ["T", true],
  ["t", true],
  ["R", false],
  ["D", false],
])("stands still in the states that say so (%s)", (state, stopped) => {
  const stat = { "/proc/4711/stat": `4711 (a) T) ${state} 1 4711` };
  expect(holderBy(["POSIX  ADVISORY  WRITE 4711 08:01:SHM 120 120"], stat)).toMatchObject({ stopped });
});

it("is nobody where the process has ended, where nothing can be read, and without an index", () => {
  const line = "POSIX  ADVISORY  WRITE 12 08:01:SHM 120 120";
  expect(holderBy([line])).toBeNull();
  proc = {};
  expect(lockHolder(file)).toBeNull();
  rmSync(`${file}-shm`);
  proc = { ...PROCESS, "/proc/locks": "1: POSIX  ADVISORY  WRITE 4711 08:01:0 120 120\n" };
  expect(lockHolder(file)).toBeNull();
  proc = { "/proc/locks": new Error("of the code") };
  expect(() => lockHolder(file)).toThrow("of the code");
});

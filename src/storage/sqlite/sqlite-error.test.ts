import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, it } from "vitest";
import { AttuneError } from "../../errors.ts";
import { lockHolder } from "./lock-holder.ts";
import { busy, corruptLog, fillsDisk, isBusy, isFull, storageError, waiting, waitingForRoom } from "./sqlite-error.ts";

const file = join(tmpdir(), "study.db");
const sqlite = (errcode: unknown): Error => Object.assign(new Error("of SQLite"), { errcode });
const system = (code: string): Error => Object.assign(new Error("of the system"), { code });

it.each([
  [5, "storage-busy", "has been locked by another process"],
  [6, "storage-busy", "has been locked by another process"],
  [15, "storage-busy", "has been locked by another process"],
  [8, "storage-read-only", "cannot be written: the file, its folder or its disk is read-only."],
  [10, "storage-failed", "Reading or writing "],
  [11, "storage-corrupt", "is damaged: nothing was changed."],
  [13, "storage-full", "There is no room left on the disk of "],
  [14, "storage-read-only", "cannot be opened for writing. Check the permissions"],
  [26, "storage-not-a-database", "is not an Attune storage, and was left as it is."],
  [1, "storage-failed", `The storage ${file} failed. (of SQLite)`],
  // Extended codes: what the primary one means, in more bits.
  [0x30_05, "storage-busy", "has been locked"],
  [0x02_0e, "storage-read-only", "cannot be opened for writing"],
])("says what SQLite's code %i means", (errcode, code, words) => {
  const error = sqlite(errcode);
  expect(storageError(file, error)).toMatchObject({ code, message: expect.stringContaining(words), cause: error });
  expect(isBusy(error)).toBe(code === "storage-busy");
});

it.each([
  ["EACCES", "storage-read-only"],
  ["EPERM", "storage-read-only"],
  ["EROFS", "storage-read-only"],
  ["ENOSPC", "storage-full"],
  ["EDQUOT", "storage-full"],
  ["EIO", "storage-failed"],
])("says what the system's %s means", (given, code) => {
  expect(storageError(file, system(given))).toMatchObject({ code });
  expect(isBusy(system(given))).toBe(false);
});

it.each([sqlite("5"), system("ERR_INVALID_ARG_TYPE"), new TypeError("of the code"), "a text", null])(
  "leaves what is none of the storage's own troubles as it is: %s",
  (error) => {
    expect(storageError(file, error)).toBe(error);
    expect(isBusy(error)).toBe(false);
  },
);

it("leaves what has words already", () => {
  const error = new AttuneError("storage-newer", "Newer.");
  expect(storageError(file, error)).toBe(error);
});

it("says of a damaged log what cannot be read in it", () => {
  const cause = new SyntaxError("no JSON");
  const error = corruptLog(file, cause);
  expect(error).toMatchObject({ code: "storage-corrupt", cause });
  expect(error.message).toContain(`${file} is damaged (no JSON): nothing was changed.`);
  expect(corruptLog(file, "a text").message).toContain(`${file} is damaged: nothing was changed.`);
});

it("knows a full disk, whoever says so", () => {
  for (const error of [sqlite(13), sqlite(4874), system("ENOSPC"), system("EDQUOT")]) {
    expect(fillsDisk(file, error)).toBe(true);
    expect(storageError(file, error)).toMatchObject({ code: "storage-full" });
  }
  for (const error of [sqlite(10), sqlite(5), system("EIO"), new Error("full"), null])
    expect(fillsDisk(file, error)).toBe(false);
  // The index of the log could not grow.
  expect([sqlite(13), sqlite(4874), sqlite(10), sqlite(4873)].map(isFull)).toEqual([true, true, false, false]);
  expect(isFull(system("ENOSPC"))).toBe(false);
});

it("says of other failures what SQLite or the system said, and of known ones not", () => {
  const says = (error: Error): string => (storageError(file, error) as Error).message;
  expect(says(sqlite(10))).toBe(
    `Reading or writing ${file} failed. Check the disk, then run the same command again. (of SQLite)`,
  );
  expect(says(system("EIO"))).toMatch(/run the same command again\. \(of the system\)$/);
  expect(says(sqlite(8))).not.toContain("of SQLite");
  expect(storageError(file, Object.assign(new Error("x"), { code: 5 }))).not.toBeInstanceOf(AttuneError);
  expect(waitingForRoom(file)).toBe(
    `There is no room left on the disk of ${file} (for data, or for one more file); what is finished here is kept in memory and ` +
      "waits for a minute. Free some space.",
  );
});

it.runIf(process.platform === "linux")(
  "says that descriptors are lacking where none is left to open the file with",
  () => {
    const program = `
    import { openSync } from "node:fs";
    import { storageError } from ${JSON.stringify(join(import.meta.dirname, "sqlite-error.ts"))};
    const error = Object.assign(new Error("unable to open database file"), { errcode: 14 });
    const first = storageError(${JSON.stringify(file)}, error).code;
    try { for (;;) openSync("/dev/null", "r"); } catch { console.log(first, storageError(${JSON.stringify(file)}, error).code); }`;
    const node = `ulimit -n 60; exec "$0" --input-type=module -e "$1"`;
    const { stdout } = spawnSync("sh", ["-c", node, process.execPath, program], { encoding: "utf8" });
    expect(stdout.trim()).toBe("storage-read-only no-room");
  },
);

it.runIf(existsSync("/proc/locks"))("says that there is no room where the disk has none, whatever SQLite says", () => {
  // A file system of which nothing is free.
  const there = "/proc/study.db";
  for (const errcode of [10, 14]) expect(storageError(there, sqlite(errcode))).toMatchObject({ code: "storage-full" });
  expect(storageError(there, system("EIO"))).toMatchObject({ code: "storage-full" });
  expect(storageError(there, sqlite(11))).toMatchObject({ code: "storage-corrupt" });
});

it("says that it is read-only where the file is in a folder that is not there", () => {
  const missing = join(tmpdir(), "no", "such", "folder", "study.db");
  expect(storageError(missing, sqlite(14))).toMatchObject({ code: "storage-read-only" });
  expect(storageError(missing, sqlite(10))).toMatchObject({ code: "storage-failed" });
});

it.skipIf(!existsSync("/proc/locks"))("names who holds the lock, and how to wake or end it", async () => {
  const folder = mkdtempSync(join(tmpdir(), "attune-busy-"));
  const [real, link] = [join(folder, "real.db"), join(folder, "link.db")];
  const database = new DatabaseSync(real);
  database.exec("PRAGMA journal_mode = WAL; CREATE TABLE a (n)");
  symlinkSync(real, link);
  expect(waiting(link)).toBe(
    `${link} is locked by another process; what is finished here is kept in memory and waits for it. ` +
      "End that process (fuser or lsof name it).",
  );
  const holder = spawn(process.execPath, [join(import.meta.dirname, "lock-holder.testing.ts"), real]);
  await once(holder.stdout, "data");
  const { pid, name } = lockHolder(real)!;
  expect(pid).toBe(holder.pid);
  expect(busy(link)).toBe(
    `${link} has been locked by process ${pid} (${name}) for more than a minute. ` +
      `If it hangs, end it with kill ${pid}, then run the same command again.`,
  );
  holder.kill("SIGSTOP");
  while (lockHolder(real)?.stopped !== true) await new Promise((resolve) => setImmediate(resolve));
  expect(waiting(link)).toBe(
    `${link} is locked by process ${pid} (${name}), which stands still; what is finished here is kept in memory and waits for it. ` +
      `Wake it with kill -CONT ${pid}.`,
  );
  holder.kill("SIGKILL");
  await once(holder, "exit");
  database.close();
  rmSync(folder, { recursive: true });
});

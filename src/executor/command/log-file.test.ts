import { execFileSync } from "node:child_process";
import { closeSync, existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, statSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate as turn } from "node:timers/promises";
import { beforeEach, describe, expect, it } from "vitest";
import { blockPool } from "./blocked-pool.testing.ts";
import { LogFile } from "./log-file.ts";

let path = "";
beforeEach(() => {
  path = join(mkdtempSync(join(tmpdir(), "attune-")), "log");
});

describe("LogFile", () => {
  it("tells of room once all is written, though more came meanwhile than it had asked for", async () => {
    let rooms = 0;
    const log = new LogFile(path, null, () => {
      rooms += 1;
    });
    const part = Buffer.alloc(1_048_576, "x");
    const { pipe, freed } = blockPool();
    expect(log.write(part)).toBe(true);
    expect(log.write(part)).toBe(false);
    // Held open: a thread that comes late to the pipe finds a writer too.
    const writer = openSync(pipe, "r+");
    void freed.then(() => closeSync(writer));
    // The second part is under way then, or about to be, and there would be room; whoever was told to wait still waits.
    while (statSync(path).size < part.length) await turn();
    await turn();
    const told = rooms > 0;
    expect(log.write(Buffer.from("y"))).toBe(told);
    expect(await log.close()).toBeNull();
    expect(rooms).toBe(1);
    expect(readFileSync(path)).toHaveLength(2 * part.length + 1);
    await freed;
  });

  it.each([10, 2_000_000])("says what stands in its place, and waits for nothing (%i bytes)", async (bytes) => {
    const put = [() => execFileSync("mkfifo", [path]), () => mkdirSync(path), () => symlinkSync("/dev/full", path)];
    const words = [/a named pipe/, /a folder/, /a device/];
    for (const [k, make] of put.entries()) {
      path += String(k);
      make();
      const log = new LogFile(path, null, () => {});
      log.write(Buffer.alloc(bytes, "x"));
      expect((await log.close())?.message).toMatch(words[k]!);
    }
  });

  it("makes no file when there was no output", async () => {
    expect(await new LogFile(path, null, () => {}).close()).toBeNull();
    expect(existsSync(path)).toBe(false);
  });

  it.each([
    [1, null],
    [65_535, null],
    [20, 40],
  ])("writes a short log at once when it is closed (%i bytes, limit %s)", async (bytes, limit) => {
    const { pipe, freed } = blockPool();
    const log = new LogFile(path, limit, () => {});
    log.write(Buffer.alloc(bytes, "x"));
    expect(await log.close()).toBeNull();
    expect(statSync(path).size).toBe(bytes);
    // Held open: a thread that comes late to the pipe finds a writer too.
    const writer = openSync(pipe, "r+");
    await freed;
    closeSync(writer);
  });

  it("makes the folders that are missing", async () => {
    path = join(path, "deep", "log");
    const log = new LogFile(path, null, () => {});
    log.write(Buffer.from("x"));
    expect(await log.close()).toBeNull();
    expect(readFileSync(path, "utf8")).toBe("x");
  });
});

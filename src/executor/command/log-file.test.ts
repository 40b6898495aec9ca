import { execFileSync } from "node:child_process";
import { closeSync, mkdirSync, mkdtempSync, openSync, readFileSync, statSync, symlinkSync } from "node:fs";
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
});

import { execFileSync } from "node:child_process";
import {
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate as turn } from "node:timers/promises";
import { beforeEach, describe, expect, it, vi } from "vitest";
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

  it("writes what came after a moment by itself, and leaves no timer behind", async () => {
    const timers = (): number => process.getActiveResourcesInfo().filter((name) => name === "Timeout").length;
    const before = timers();
    const log = new LogFile(path, null, () => {});
    const begun = performance.now();
    log.write(Buffer.from("one"));
    log.write(Buffer.from(" two"));
    while (!existsSync(path) || statSync(path).size === 0) await turn();
    expect(performance.now() - begun).toBeGreaterThanOrEqual(195);
    expect(readFileSync(path, "utf8")).toBe("one two");
    log.write(Buffer.from(" three"));
    expect(await log.close()).toBeNull();
    expect(readFileSync(path, "utf8")).toBe("one two three");
    // The test runner has timers of its own, which may end meanwhile.
    expect(timers()).toBeLessThanOrEqual(before);
  });

  it("writes 64 KiB at once", async () => {
    // What is not written at once never is.
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const log = new LogFile(path, null, () => {});
    log.write(Buffer.alloc(65_535, "x"));
    for (let turns = 0; turns < 5; turns++) await turn();
    expect(existsSync(path)).toBe(false);
    log.write(Buffer.from("y"));
    while (!existsSync(path) || statSync(path).size < 65_536) await turn();
    expect(await log.close()).toBeNull();
    vi.useRealTimers();
  });

  it.each([7, 400, 1_040])(
    "keeps the newest output in two parts of half its limit, %i bytes at a time",
    async (size) => {
      const log = new LogFile(path, 11, () => {});
      const all = Buffer.from("abcdefghijklmnopqrstuvwxyz".repeat(40));
      for (let at = 0; at < all.length; at += size) log.write(all.subarray(at, at + size));
      expect(await log.close()).toBeNull();
      const parts = Math.ceil(all.length / 5) - 1;
      expect(readFileSync(path, "latin1")).toBe(all.subarray(5 * parts).toString());
      expect(readFileSync(`${path}.${parts}`, "latin1")).toBe(all.subarray(5 * (parts - 1), 5 * parts).toString());
      expect(existsSync(`${path}.${parts - 1}`)).toBe(false);
    },
  );

  it("keeps to its parts where it goes on and nothing is there yet", async () => {
    const log = new LogFile(path, 20, () => {});
    log.goOn();
    log.write(Buffer.from("0123456789a"));
    expect(await log.close()).toBeNull();
    expect([readFileSync(`${path}.1`, "utf8"), readFileSync(path, "utf8")]).toEqual(["0123456789", "a"]);
  });

  it("goes on behind what stands there, and takes no more where something is in the way", async () => {
    writeFileSync(path, "before ");
    const log = new LogFile(path, null, () => {});
    log.write(Buffer.from("after"));
    expect(await log.close()).toBeNull();
    expect(readFileSync(path, "utf8")).toBe("before after");
    mkdirSync(`${path}.folder`);
    const other = new LogFile(`${path}.folder`, null, () => {});
    const both = () => [other.write(Buffer.alloc(2_000_000)), other.write(Buffer.alloc(2_000_000))];
    expect(both()).toEqual([true, false]);
    await other.close();
    expect(both()).toEqual([true, true]);
  });

  it("takes more at once again after it has told of room, and tells of it once", async () => {
    const room = Promise.withResolvers<void>();
    let rooms = 0;
    const log = new LogFile(path, null, () => {
      rooms += 1;
      room.resolve();
    });
    const part = Buffer.alloc(1_048_576, "x");
    expect([log.write(part), log.write(part)]).toEqual([true, false]);
    await room.promise;
    expect(log.write(Buffer.from("y"))).toBe(true);
    expect(await log.close()).toBeNull();
    expect(rooms).toBe(1);
  });
});

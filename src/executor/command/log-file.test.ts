import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { createReadStream, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { LogFile } from "./log-file.ts";

describe("LogFile", () => {
  it("tells of room once all is written, though more came meanwhile than it had asked for", async () => {
    const path = join(mkdtempSync(join(tmpdir(), "attune-")), "log");
    execFileSync("mkfifo", [path]);
    let rooms = 0;
    const log = new LogFile(path, null, () => {
      rooms += 1;
    });
    const part = Buffer.alloc(1_048_576, "x");
    expect(log.write(part)).toBe(true);
    expect(log.write(part)).toBe(false);
    const reader = createReadStream(path);
    let read = 0;
    while (read <= part.length) {
      await once(reader, "readable");
      for (let chunk = reader.read(); chunk !== null && read <= part.length; chunk = reader.read())
        read += chunk.length;
    }
    // Both parts are under way now, and there would be room; whoever was told to wait still waits.
    expect(log.write(Buffer.from("y"))).toBe(false);
    expect(rooms).toBe(0);
    reader.resume();
    expect(await log.close()).toBeNull();
    expect(rooms).toBe(1);
  });
});

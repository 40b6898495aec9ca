import { execFileSync } from "node:child_process";
import { appendFileSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { WholeFile } from "./whole-file.ts";

const MEBIBYTE = 1_048_576;
let path = "";
beforeEach(() => {
  path = join(mkdtempSync(join(tmpdir(), "attune-")), "file");
});

describe("WholeFile", () => {
  it("is read when it was written, and at the end in any case, but not what stood there before", () => {
    writeFileSync(path, "before");
    const file = new WholeFile(path);
    expect([file.poll(), file.end()]).toEqual([null, null]);
    writeFileSync(path, "a longer one");
    expect([file.poll(), file.poll(), file.end()]).toEqual(["a longer one", null, "a longer one"]);
    rmSync(path);
    expect([file.poll(), file.end(), file.problem]).toEqual([null, null, null]);
  });

  it("is read the more seldom the larger it is", () => {
    const file = new WholeFile(path);
    writeFileSync(path, "");
    truncateSync(path, 3 * MEBIBYTE);
    const lengths = Array.from({ length: 6 }, () => {
      const length = file.poll()?.length ?? 0;
      appendFileSync(path, "x");
      return length;
    });
    expect(lengths).toEqual([3 * MEBIBYTE, 0, 0, 0, 3 * MEBIBYTE + 4, 0]);
    expect(file.end()).toHaveLength(3 * MEBIBYTE + 6);
  });

  it("says why it cannot be read, also of what stood there before", () => {
    execFileSync("mkfifo", [path]);
    const file = new WholeFile(path);
    expect([file.poll(), file.end()]).toEqual([null, null]);
    expect(file.problem).toMatch(/a named pipe, not a plain file/);
    rmSync(path);
    writeFileSync(path, "");
    truncateSync(path, 17 * MEBIBYTE);
    expect(file.end()).toBeNull();
    expect(file.problem).toMatch(/is larger than 16 MiB/);
    writeFileSync(path, "1");
    expect([file.end(), file.problem]).toEqual(["1", null]);
  });
});

import { execFileSync } from "node:child_process";
import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { FileTail } from "./file-tail.ts";

const MEBIBYTE = 1_048_576;
let path = "";
let tail = new FileTail("");
beforeEach(() => {
  path = join(mkdtempSync(join(tmpdir(), "attune-")), "file");
  tail = new FileTail(path);
});

/** What one call reads. */
function read(): { readonly text: string; readonly all: boolean } {
  let text = "";
  const all = tail.read(
    (chunk) => {
      text += chunk.toString();
    },
    () => true,
  );
  return { text, all };
}

describe("FileTail", () => {
  it("reads what is appended, and from the beginning when the file has become shorter", () => {
    expect(read()).toEqual({ text: "", all: true });
    writeFileSync(path, "one");
    expect(read().text).toBe("one");
    appendFileSync(path, "two");
    expect(read().text).toBe("two");
    writeFileSync(path, "new");
    expect(read().text).toBe("new");
  });

  it("reads a file that was replaced to its end, then the one that has taken its name", () => {
    writeFileSync(path, "one");
    expect(read().text).toBe("one");
    renameSync(path, `${path}.old`);
    appendFileSync(`${path}.old`, "two");
    writeFileSync(path, "a longer file");
    expect([read().text, read().text, read().text]).toEqual(["two", "a longer file", ""]);
  });

  it("reads a mebibyte a call, and answers true at the end that the file had at first, however it grows meanwhile", () => {
    writeFileSync(path, "");
    truncateSync(path, 2.5 * MEBIBYTE);
    const lengths: number[] = [];
    for (let all = false; !all; ) {
      const piece = read();
      all = piece.all;
      lengths.push(piece.text.length);
      appendFileSync(path, Buffer.alloc(MEBIBYTE));
    }
    expect(lengths).toEqual([MEBIBYTE, MEBIBYTE, 0.5 * MEBIBYTE]);
  });

  it("says what stands in the file's place, and reads on once a file does", () => {
    const put = [
      () => execFileSync("mkfifo", [path]),
      () => mkdirSync(path),
      () => symlinkSync("/dev/zero", path),
      () => symlinkSync(path, path),
    ];
    const words = [/a named pipe/, /a folder/, /a device/, /could not be read \(ELOOP/];
    for (const [k, make] of put.entries()) {
      make();
      expect(read()).toEqual({ text: "", all: true });
      expect(tail.problem).toMatch(words[k]!);
      rmSync(path, { recursive: true });
    }
    writeFileSync(path, "one");
    expect(read().text).toBe("one");
    expect(tail.problem).toBeNull();
    rmSync(path);
    execFileSync("mkfifo", [path]);
    expect(read()).toEqual({ text: "", all: true });
    expect(tail.problem).toMatch(/a named pipe/);
  });

  it.skipIf(process.getuid?.() === 0)("says that a file may not be read", () => {
    writeFileSync(path, "one");
    chmodSync(path, 0);
    read();
    expect(tail.problem).toMatch(/could not be read \(EACCES/);
  });
});

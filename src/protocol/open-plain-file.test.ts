import { execFileSync } from "node:child_process";
import {
  closeSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { openPlainFile } from "./open-plain-file.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "attune-"));
});

const USES = ["read", "append", "overwrite"] as const;

describe("openPlainFile", () => {
  it.each(USES)("to %s: refuses a pipe, a device, a folder, and a link to one, without waiting", (use) => {
    execFileSync("mkfifo", [join(folder, "pipe")]);
    symlinkSync("pipe", join(folder, "link"));
    mkdirSync(join(folder, "folder"));
    expect(() => openPlainFile(join(folder, "pipe"), use)).toThrow(/pipe is a named pipe, not a plain file/);
    expect(() => openPlainFile(join(folder, "link"), use)).toThrow(/link is a named pipe/);
    expect(() => openPlainFile(join(folder, "folder"), use)).toThrow(/is a folder/);
    expect(() => openPlainFile("/dev/zero", use)).toThrow("/dev/zero is a device");
  });

  it("refuses a socket", async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(join(folder, "socket"), resolve));
    expect(() => openPlainFile(join(folder, "socket"), "read")).toThrow(/is a socket/);
    server.close();
  });

  it("opens plain files and links to them, and makes those to be written for nobody else", () => {
    const file = join(folder, "file");
    symlinkSync("file", join(folder, "link"));
    expect(() => openPlainFile(file, "read")).toThrow(/ENOENT/);
    for (const text of ["a", "b"]) write(join(folder, "link"), "append", text);
    expect(readFileSync(file, "utf8")).toBe("ab");
    expect(statSync(file).mode & 0o777).toBe(0o600);
    write(file, "overwrite", "c");
    expect(readFileSync(file, "utf8")).toBe("c");
    closeSync(openPlainFile(join(folder, "link"), "read"));
  });

  it("passes on why one cannot be opened", () => {
    symlinkSync("round", join(folder, "round"));
    expect(() => openPlainFile(join(folder, "round"), "read")).toThrow(/ELOOP/);
    writeFileSync(join(folder, "file"), "");
    expect(() => openPlainFile(join(folder, "file", "below"), "read")).toThrow(/ENOENT|ENOTDIR/);
  });
});

function write(path: string, use: "append" | "overwrite", text: string): void {
  const descriptor = openPlainFile(path, use);
  writeSync(descriptor, text);
  closeSync(descriptor);
}

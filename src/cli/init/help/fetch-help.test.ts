import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { fetchHelp } from "./fetch-help.ts";

const folder = mkdtempSync(join(tmpdir(), "attune-help-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function program(name: string, script: string): string {
  const file = join(folder, name);
  writeFileSync(file, `#!/bin/sh\n${script}\n`);
  chmodSync(file, 0o755);
  return file;
}

describe("fetchHelp", () => {
  it("reads help from standard error and goes on to -h where --help is not known", async () => {
    const file = program(
      "short",
      'if [ "$2" = -h ]; then echo "  --lr FLOAT  rate [default: 0.1]" >&2; else echo "unknown option"; exit 2; fi',
    );
    expect(await fetchHelp([file, "train"])).toMatchObject([{ flag: "--lr", default: 0.1 }]);
  });

  it("ends a program that pours out text instead", async () => {
    const file = program(
      "endless",
      "while :; do echo aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa; done",
    );
    await expect(fetchHelp([file])).rejects.toThrow(/when asked for --help; save its help to a file/);
  });
});

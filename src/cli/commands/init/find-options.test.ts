import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { fetchHelp, fullerHelp, wordsBehindOptions } from "./find-options.ts";

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

describe("fullerHelp", () => {
  it.each([
    ["  -h, --help      short\n      --fullhelp  all of it\n", "--fullhelp"],
    ["  --help[=<n>],-h : Print {1=basic|2=more|3=full} help and exit\n", "--help=3"],
    ["  --long-help     display the long help\n", "--long-help"],
    ["  -n <s> : name\n\nTo see more help on other available options, do:\n  build -h\n\n", "-h"],
    ["Wrong arguments. For all options type 'build --help'.\n", "--help"],
    ["  --help  this\n  --helper TEXT\n", null],
  ])("in %j", (text, flag) => expect(fullerHelp(text)).toBe(flag));
});

describe("wordsBehindOptions", () => {
  it.each([
    ["Usage: svm-train [options] training_set_file [model_file]", ["bc.svm"], 1],
    ["usage: tool train [OPTIONS] DATA", ["train", "x.csv"], 1],
    ["usage: fasttext supervised <args>", ["supervised", "-input", "x"], 0],
    ["Usage: prog DATA [options]", ["x"], 0],
    ["Usage: prog [options]", ["x"], 0],
    ["no usage line", ["x"], 0],
  ])("of %s", (help, words, behind) => {
    expect(wordsBehindOptions(help, words)).toBe(behind);
  });
});

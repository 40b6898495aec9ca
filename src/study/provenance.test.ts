import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, expect, it } from "vitest";
import { float } from "../space/index.ts";
import { createStudy } from "./create-study.ts";
import { ENGINE } from "./engine.ts";
import { changeNotices, provenance } from "./provenance.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "attune-provenance-"));
});
const put = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};
const hash = (text: string): string => createHash("sha256").update(text).digest("hex");

it("tells the hashes of the files that a command names, and of nothing else", async () => {
  const [train, input, large] = [put("train.py", "a"), put("config.yaml", "b"), put("data.bin", "")];
  truncateSync(large, 16 * 1024 * 1024 + 1);
  mkdirSync(join(folder, "runs"));
  const argv = ["python", train, "--lr", "{lr}", large, join(folder, "runs"), join(folder, "none")];
  const found = await provenance({ argv, input: { templates: [input] } } as never, folder);
  expect(found.files).toEqual({ [train]: hash("a"), [input]: hash("b") });
  expect(found).toMatchObject({
    engine: ENGINE,
    node: process.version,
    workingFolder: folder,
    gitCommit: null,
    gitDirty: null,
  });
  truncateSync(large, 16 * 1024 * 1024);
  const text = await provenance({ shell: `python ${train} | tee  ${large}` }, folder);
  expect(Object.keys(text.files)).toEqual([train, large]);
  expect((await provenance(null, folder)).files).toEqual({});
});

it("tells the commit, and whether files differ from it", async () => {
  const git = (...words: readonly string[]) =>
    execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@b", ...words], { cwd: folder });
  const file = put("train.py", "a");
  git("init", "--quiet");
  expect(await provenance(null, folder)).toMatchObject({ gitCommit: null });
  git("add", "train.py");
  git("commit", "--quiet", "--message", "a");
  const commit = git("rev-parse", "HEAD").toString().trim();
  put("untracked", "");
  expect(await provenance(null, folder)).toMatchObject({ gitCommit: commit, gitDirty: false });
  writeFileSync(file, "b");
  expect(await provenance(null, folder)).toMatchObject({ gitCommit: commit, gitDirty: true });
});

it("names the files that changed, of those that were there before", async () => {
  const base = await provenance(null, folder);
  const before = { ...base, files: { a: "1", b: "2", gone: "3" } };
  expect(changeNotices(before, { ...base, files: { a: "1", b: "9", fresh: "4" } })).toEqual([
    "b changed since the study's last run: old and new trials may not be comparable.",
  ]);
  expect(changeNotices(before, { ...base, files: { a: "1", c: "9" } })).toEqual([]);
});

it("is noted with the study, which says what changed since the last time", async () => {
  const file = put("train.py", "a");
  const command = { argv: ["python", file, "{x}"] };
  const study = await createStudy({ name: "s", minimize: "loss", space: { x: float(0, 1) }, command });
  expect(study.provenance()).toBeNull();
  expect(await study.noteProvenance()).toEqual([]);
  expect(study.provenance()?.files).toEqual({ [file]: hash("a") });
  expect(await study.noteProvenance()).toEqual([]);
  writeFileSync(file, "b");
  expect(await study.noteProvenance()).toEqual([
    `${file} changed since the study's last run: old and new trials may not be comparable.`,
  ]);
  expect(study.provenance()?.files).toEqual({ [file]: hash("b") });
});

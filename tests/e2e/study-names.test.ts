import { chmodSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { attune, folder, trials } from "./attune.ts";

/** A program without an ending that takes a data file. */
function programs(): string {
  const cwd = folder({ fit: '#!/bin/sh\necho "loss=$2"\necho "acc=$2"\n', "a.csv": "", "b.csv": "" });
  chmodSync(join(cwd, "fit"), 0o755);
  return cwd;
}
const run = (cwd: string, ...words: string[]) =>
  attune(cwd, ["run", "--minimize", "loss", "--sampler", "random", ...words]);
const FIT = ["--", "./fit", "a.csv", "{x: 0.1..0.9}"] as const;

describe("the name of a study that was given none", () => {
  it("is the program's, not its data file's", async () => {
    const cwd = programs();
    expect((await run(cwd, "--trials", "1", ...FIT)).code).toBe(0);
    expect(await trials(cwd, "fit")).toHaveLength(1);
    const other = await run(cwd, "--trials", "2", "--", "./fit", "b.csv", "{x: 0.1..0.9}");
    expect(other.code).toBe(2);
    expect(other.err).toContain("its program or arguments are others");
    expect(other.err).toContain("--study NAME");
  });

  it("is that of the study that runs the same program, whatever its ranges", async () => {
    const cwd = programs();
    await run(cwd, "--trials", "1", "--study", "a", ...FIT);
    const wider = ["--", "./fit", "a.csv", "{x: 0.1..1.0}"];
    const { code, err } = await run(cwd, "--trials", "2", ...wider);
    expect(code).toBe(0);
    expect(err).toContain(
      "Study a goes on: it runs the same program with the same parameters. For a new one: --study fit.",
    );
    expect(await trials(cwd, "a")).toHaveLength(2);
    const dry = await run(cwd, "--dry-run", ...wider);
    expect(dry.err).toContain("Study a goes on");
    expect((await attune(cwd, ["studies"])).out).not.toMatch(/^fit\b/m);
  });

  it("is the program's for another metric or other parameters", async () => {
    const cwd = programs();
    await run(cwd, "--trials", "1", "--study", "a", ...FIT);
    const other = await attune(cwd, ["run", "--maximize", "acc", "--trials", "1", "--sampler", "random", ...FIT]);
    expect(other.code).toBe(0);
    expect(await trials(cwd, "fit")).toHaveLength(1);
    const more = await run(cwd, "--trials", "1", "--study", "b", ...FIT, "{y: 1..2}");
    expect(more.code).toBe(0);
    expect(await trials(cwd, "a")).toHaveLength(1);
  });

  it("is asked for where several studies run the program", async () => {
    const cwd = programs();
    for (const name of ["a", "b"]) await run(cwd, "--trials", "1", "--study", name, ...FIT);
    const { code, err } = await run(cwd, "--trials", "2", ...FIT);
    expect(code).toBe(2);
    expect(err).toContain(
      "2 studies in attune.db run this program with these parameters: a, b. Say which one goes on, by --study NAME, or --study fit for a new one.",
    );
    expect((await run(cwd, "--trials", "1", "--study", "fit", ...FIT)).code).toBe(0);
    expect((await run(cwd, "--trials", "2", ...FIT)).code).toBe(0);
    expect(await trials(cwd, "fit")).toHaveLength(2);
  });
});

it("takes any space over while no trial of a study has a value, and says what becomes of those that failed", async () => {
  const cwd = folder({ "fit.sh": 'case "$*" in *"--depth "*) echo "loss=$2";; *) exit 3;; esac\n' });
  const failed = await run(cwd, "--trials", "2", "--", "sh", "fit.sh", "--rate", "{rate: 0.1..0.9}");
  expect(failed.code).toBe(1);
  const words = ["sh", "fit.sh", "--rate", "{rate: 0.4..0.5}", "--depth", "{depth: 1..5}"];
  const mended = await run(cwd, "--trials", "4", "--where", "rate + depth < 5", "--", ...words);
  expect(mended.err).toMatch(/The space was changed: rate becomes 0\.4\.\.0\.5 .*depth is new \(1\.\.5\)/);
  expect(mended.err).toContain("No trial had a value yet; those made so far stay in the record and in the budget");
  expect(mended.code).toBe(0);
  expect((await trials(cwd, "fit")).map(({ state }) => state)).toEqual(["failed", "failed", "complete", "complete"]);
  const narrower = words.map((word) => (word === "{depth: 1..5}" ? "{depth: 1..2}" : word));
  expect((await run(cwd, "--trials", "5", "--where", "rate + depth < 5", "--", ...narrower)).code).toBe(2);
});

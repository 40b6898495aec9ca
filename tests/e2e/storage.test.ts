import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, it } from "vitest";
import { attune, folder, start } from "./attune.ts";

const RUN = ["run", "--study", "s", "--minimize", "loss", "--sampler", "random"];
const program = (text: string) => ["--", "sh", "-c", text, "x", "{x: 0..1}"];

describe("attune storage", () => {
  it("copies a storage that a run is writing, and the copy is whole", async () => {
    const cwd = folder();
    const run = start(cwd, [...RUN, "--trials", "150", ...program("echo loss=1")]);
    await run.wrote("loss 1");
    const copied = await attune(cwd, ["storage", "copy", "copy.db"]);
    expect(copied).toMatchObject({ code: 0, out: "" });
    expect(statSync(join(cwd, "copy.db")).mode & 0o777).toBe(0o600);
    expect((await run.ended).code).toBe(0);
    const checked = await attune(cwd, ["storage", "check", "--storage", "copy.db"]);
    expect(checked).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^s: whole, \d+ trials, \d+ events\ncopy\.db is whole\.\n$/),
    });
    const again = await attune(cwd, ["storage", "copy", "copy.db"]);
    expect(again).toMatchObject({ code: 2, err: expect.stringContaining("copy.db is there already") });
    expect(existsSync(join(cwd, "copy.db.partial"))).toBe(false);
  });

  it("names the study that is damaged, code 3, and studies lists the others", async () => {
    const cwd = folder();
    for (const name of ["one", "two"]) {
      const words = RUN.map((word) => (word === "s" ? name : word));
      expect((await attune(cwd, [...words, "--trials", "2", ...program("echo loss=1")])).code).toBe(0);
    }
    const database = new DatabaseSync(join(cwd, "attune.db"));
    database.exec("UPDATE event SET body = 'null' WHERE study = 1 AND revision = 3");
    database.close();
    const checked = await attune(cwd, ["storage", "check"]);
    expect(checked.code).toBe(3);
    expect(checked.out).toMatch(/two: whole, 2 trials.*\nstudy one: event 2 of its log cannot be read/);
    const listed = await attune(cwd, ["studies"]);
    expect(listed.code).toBe(3);
    expect(listed.out).toMatch(/one +damaged[\s\S]*two +minimize loss/);
  });

  it("says what an empty file may lack", async () => {
    const cwd = folder();
    writeFileSync(join(cwd, "attune.db"), "");
    const shown = await attune(cwd, ["show"]);
    expect(shown).toMatchObject({ code: 2, err: expect.stringMatching(/attune\.db is empty.*attune\.db-wal/) });
    expect(readFileSync(join(cwd, "attune.db"))).toHaveLength(0);
  });
});

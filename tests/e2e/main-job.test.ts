import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { attune, folder, TRAIN, TRAIN_COMMAND, trials } from "./attune.ts";

describe("attune run -- program", () => {
  it("tunes, tells the best values and prints a command line that reproduces them", async () => {
    const cwd = folder({ "train.mjs": TRAIN });
    const run = await attune(cwd, ["run", "--minimize", "loss", "--trials", "8", "--workers", "2", ...TRAIN_COMMAND]);
    expect(run.code).toBe(0);
    expect(run.err).toMatch(/new study train in attune\.db: minimize loss, sampler auto, seed \d+, 2 workers/);
    expect(run.err.match(/^trial +\d+ {2}loss/gm)).toHaveLength(8);
    expect(run.out).toContain("best     loss ");
    expect(run.out).not.toContain("\u001b[");

    const shown = await attune(cwd, ["show"]);
    expect(shown.out).toContain("trials   8 complete");
    expect(shown.out).toContain("better than the next");

    const best = JSON.parse((await attune(cwd, ["best", "--json"])).out);
    const keys = ["candidate", "command", "confirmed", "edges", "expected", "heldOut", "number", "params"];
    expect(Object.keys(best).sort()).toEqual([...keys, "replicates", "uncertainty", "values"]);
    expect(best).toMatchObject({ replicates: 1, uncertainty: null });
    const again = execFileSync("sh", ["-c", best.command], { cwd, encoding: "utf8" });
    expect(again).toContain(`loss=${best.values.loss}`);

    const list = await trials(cwd, "train");
    expect(list.map((trial) => trial.number)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    const least = Math.min(...list.map((trial) => (trial.values as { loss: number }).loss));
    expect(best.values.loss).toBe(least);
    expect(list[0]).toMatchObject({ state: "complete", outcome: "ok", params: { layers: expect.any(Number) } });
    expect((await attune(cwd, ["log", "3"])).out).toContain("epoch 1 of 1\nloss=");
    expect(statSync(join(cwd, "attune.db")).mode & 0o777).toBe(0o600);
  });

  it("draws the same trials from the same seed", async () => {
    const words = ["run", "--quiet", "--minimize", "loss", "--trials", "3", "--seed", "7", ...TRAIN_COMMAND];
    const [one, two] = [folder({ "train.mjs": TRAIN }), folder({ "train.mjs": TRAIN })];
    const [first] = await Promise.all([attune(one, words), attune(two, words)]);
    expect(first.err).toBe("");
    const params = async (cwd: string) => (await trials(cwd, "train")).map((trial) => trial.params);
    expect(await params(one)).toEqual(await params(two));
  });

  it("hands values over unharmed, in a list and through the shell", async () => {
    const odd = ["two words", `it's "quoted"`, "$HOME `id`", "a\nb", "-dash", "{print $1}", "ü€😀"];
    const echo = `
      import { writeFileSync } from "node:fs";
      const { ATTUNE_STUDY, ATTUNE_TRIAL, ATTUNE_PARAMS } = process.env;
      const got = { params: JSON.parse(ATTUNE_PARAMS), words: process.argv.slice(2) };
      writeFileSync(ATTUNE_STUDY + "-" + ATTUNE_TRIAL + ".json", JSON.stringify(got));
      console.log("loss=1");`;
    const shell = `"${process.execPath}" echo.mjs \${v} '{"a": {"b": 1}}' "$PLAIN"`;
    const file = { minimize: "loss", sampler: "grid", space: { v: { choice: odd } } };
    const list = [process.execPath, "echo.mjs", "${v}", '{"a": {"b": 1}}', "$PLAIN"];
    const cwd = folder({
      "echo.mjs": echo,
      "list.json": JSON.stringify({ ...file, command: list }),
      "shell.json": JSON.stringify({ ...file, command: shell }),
    });
    for (const [study, last] of [
      ["list", "$PLAIN"],
      ["shell", "plain value"],
    ] as const) {
      const run = await attune(cwd, ["run", `${study}.json`, "--json"], { PLAIN: "plain value" });
      expect(run.code).toBe(0);
      expect(JSON.parse(run.out)).toMatchObject({ study, reason: "exhausted", trialsSpent: odd.length });
      const got = odd.map((_, trial) => JSON.parse(readFileSync(join(cwd, `${study}-${trial}.json`), "utf8")));
      expect(got.map(({ params }) => params.v).sort()).toEqual([...odd].sort());
      for (const { params, words } of got) expect(words).toEqual([params.v, '{"a": {"b": 1}}', last]);
    }
  });

  it("does not mix logs with those of a storage that was removed", async () => {
    const cwd = folder({ "train.mjs": TRAIN });
    const words = ["run", "--quiet", "--minimize", "loss", "--trials", "1", ...TRAIN_COMMAND];
    await attune(cwd, words);
    for (const file of readdirSync(cwd)) if (/^attune\.db(-|$)/.test(file)) rmSync(join(cwd, file));
    await attune(cwd, words);
    expect((await attune(cwd, ["log", "0"])).out.match(/loss=/g)).toHaveLength(1);
  });

  it("leaves no storage behind when something given is wrong", async () => {
    const cwd = folder({ "train.mjs": TRAIN });
    const run = await attune(cwd, ["run", "--minimize", "loss", "--", "no-such-program", "{lr: 0..1}"]);
    expect(run.code).toBe(2);
    expect(run.err).toContain("There is no program no-such-program");
    expect(existsSync(join(cwd, "attune.db"))).toBe(false);
  });
});

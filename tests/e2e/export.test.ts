import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { createStudy, float } from "../../src/index.ts";
import { attune, folder, TRAIN, TRAIN_COMMAND, trials } from "./attune.ts";

describe("a study's trials", () => {
  it("go out with a column for each parameter that their function asked for, empty where a trial did not", async () => {
    const objective = `export default (trial) => {
      if (trial.choice("kind", ["a", "b"]) === "a") return trial.float("width", 0, 2);
      return trial.int("depth", 1, 5) + trial.params.lr;
    };`;
    const cwd = folder({ "objective.mjs": objective });
    const storage = join(cwd, "attune.db");
    const study = await createStudy({ name: "asked", minimize: "loss", storage, seed: 1, space: { lr: float(0, 1) } });
    await study.optimize(join(cwd, "objective.mjs"), { trials: 8 });
    const asked = study.trials().map(({ params }) => params);
    await study.close();
    const columns = ["lr", "depth", "kind", "width"];
    const [heading, ...lines] = (await attune(cwd, ["export", "asked"])).out.trimEnd().split("\n");
    const names = heading!.split(",");
    expect(names.slice(-columns.length)).toEqual(columns);
    expect(lines.map((line) => line.split(",").slice(-columns.length))).toEqual(
      asked.map((params) => columns.map((name) => String(params[name] ?? ""))),
    );
    expect(new Set(asked.map(({ kind }) => kind))).toEqual(new Set(["a", "b"]));
    const some = (await attune(cwd, ["export", "asked", "--columns", "trial,width"])).out.split("\n")[0];
    expect(some).toBe("trial,width");
  });

  it("go out as CSV and into another study with the same values, count against no budget, and teach its sampler", async () => {
    const cwd = folder({ "train.mjs": TRAIN });
    await attune(cwd, [
      "run",
      "--study",
      "old",
      "--minimize",
      "loss",
      "--trials",
      "14",
      "--seed",
      "1",
      ...TRAIN_COMMAND,
    ]);
    const begin = ["run", "--minimize", "loss", "--trials", "0", "--seed", "2"];
    for (const study of ["new", "bare"]) await attune(cwd, [...begin, "--study", study, ...TRAIN_COMMAND]);
    expect((await attune(cwd, ["export", "old", "--output", "old.csv"])).err).toBe(
      "14 trials of old written to old.csv\n",
    );
    expect((await attune(cwd, ["import", "old.csv", "new", "--dry-run"])).err).toContain("14 trials fit study new");
    expect(await trials(cwd, "new")).toEqual([]);
    expect((await attune(cwd, ["import", "old.csv", "new"])).err).toBe("14 trials imported into new: 0 to 13\n");
    const [before, after] = [await trials(cwd, "old"), await trials(cwd, "new")];
    const kept = (all: typeof before) => all.map(({ params, values, state }) => ({ params, values, state }));
    expect(kept(after)).toEqual(kept(before));
    expect(after.every(({ origin }) => origin === "imported")).toBe(true);

    for (const study of ["new", "bare"]) await attune(cwd, ["run", study, "--trials", "1"]);
    const own = (await trials(cwd, "new")).slice(14);
    expect(own).toHaveLength(1);
    expect(own[0]!.params).not.toEqual((await trials(cwd, "bare"))[0]!.params);
    expect((await attune(cwd, ["replay", "new"])).code).toBe(0);
  });

  it("go out as JSON and Parquet, chosen columns to standard output, and a file is whole or not there", async () => {
    const cwd = folder({ "train.mjs": TRAIN });
    await attune(cwd, ["run", "--minimize", "loss", "--trials", "3", "--seed", "1", ...TRAIN_COMMAND]);
    const document = JSON.parse((await attune(cwd, ["export", "--format", "json"])).out);
    expect(document).toMatchObject({
      study: "train",
      seed: 1,
      trials: [{ number: 0, reports: [{ step: 1 }] }, {}, {}],
    });
    await attune(cwd, ["export", "--output", "t.parquet"]);
    expect(readFileSync(join(cwd, "t.parquet")).subarray(0, 4).toString()).toBe("PAR1");
    const { out } = await attune(cwd, ["export", "--columns", "trial,state", "--filter", "trial > 0"]);
    expect(out).toBe("trial,state\n1,complete\n2,complete\n");
    expect(await attune(cwd, ["export", "--output", "t.xlsx"])).toMatchObject({
      code: 2,
      err: expect.stringContaining('ending is "xlsx"'),
    });
    expect((await attune(cwd, ["export", "--output", "none/t.csv"])).code).toBe(2);
    expect(existsSync(join(cwd, "none"))).toBe(false);
    const wrong = await attune(cwd, ["import", "gone.csv"]);
    expect(wrong).toMatchObject({ code: 2, err: expect.stringContaining("there is no such file") });
  });
});

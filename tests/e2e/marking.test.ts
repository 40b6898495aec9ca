import { describe, expect, it } from "vitest";
import { attune, folder, TRAIN, TRAIN_COMMAND, trials } from "./attune.ts";

async function tuned(): Promise<string> {
  const cwd = folder({ "train.mjs": TRAIN });
  const run = await attune(cwd, ["run", "--minimize", "loss", "--trials", "4", "--seed", "1", ...TRAIN_COMMAND]);
  expect(run.code).toBe(0);
  return cwd;
}

describe("trials of a study", () => {
  it("are marked invalid, restored and noted", async () => {
    const cwd = await tuned();
    const best = JSON.parse((await attune(cwd, ["best", "--json"])).out).number;
    expect((await attune(cwd, ["invalidate", String(best), "train", "--reason", "wrong data"])).code).toBe(0);
    expect((await trials(cwd, "train"))[best]).toMatchObject({ invalid: true });
    expect(JSON.parse((await attune(cwd, ["best", "--json"])).out).number).not.toBe(best);
    expect((await attune(cwd, ["restore", String(best)])).code).toBe(0);
    expect(JSON.parse((await attune(cwd, ["best", "--json"])).out).number).toBe(best);

    expect((await attune(cwd, ["note", "2", "spikes at epoch 4", "train"])).code).toBe(0);
    expect((await attune(cwd, ["note", "2"])).out).toBe("spikes at epoch 4\n");
    expect(
      (await attune(cwd, ["trials", "--filter", "note == 'spikes at epoch 4'", "--columns", "trial,note"])).out,
    ).toBe("trial  note\n    2  spikes at epoch 4\n");
    await attune(cwd, ["note", "2", "--remove"]);
    expect((await attune(cwd, ["note", "2"])).out).toBe("");
    expect(await attune(cwd, ["invalidate", "9"])).toMatchObject({
      code: 2,
      err: expect.stringContaining("no trial 9"),
    });
  });

  it("are filtered, sorted and shown in chosen columns", async () => {
    const cwd = await tuned();
    const all = await trials(cwd, "train");
    const { out } = await attune(cwd, ["trials", "--sort", "-loss", "--columns", "trial,loss", "--json"]);
    const rows = out
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    const losses = all.map(({ values }) => (values as { loss: number }).loss).sort((a, b) => b - a);
    expect(rows.map(({ loss }) => loss)).toEqual(losses);
    expect(Object.keys(rows[0])).toEqual(["trial", "loss"]);
    const wrong = await attune(cwd, ["trials", "--filter", "los < 1"]);
    expect(wrong).toMatchObject({ code: 2, err: expect.stringContaining('Did you mean "loss"') });
  });
});

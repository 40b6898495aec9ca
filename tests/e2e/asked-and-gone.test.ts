import { describe, expect, it } from "vitest";
import { attune, folder, start, trials } from "./attune.ts";

const PROGRAM = ["--minimize", "loss", "--", "sh", "-c", "echo loss=$ATTUNE_PARAM_X", "{x: 0.0..1.0}"];
const STUDY = ["--study", "s", "--sampler", "random"];
const ASK = ["ask", "s", "--json"];

/** A study with one trial and a program. */
async function made(): Promise<string> {
  const cwd = folder();
  expect((await attune(cwd, ["run", ...STUDY, "--trials", "1", ...PROGRAM])).code).toBe(0);
  return cwd;
}

describe("an ask that was killed before it could print", () => {
  it("is named by the run that waits for it, with the way out", async () => {
    const cwd = await made();
    const killed = await attune(cwd, ASK, { ATTUNE_FAULT: "write.committed:1" });
    expect(killed).toMatchObject({ signal: "SIGKILL", out: "" });
    const run = start(cwd, ["run", ...STUDY, "--trials", "3", ...PROGRAM]);
    await run.wrote("attune invalidate 1 s");
    expect((await attune(cwd, ["invalidate", "1", "s"])).code).toBe(0);
    const { code, err } = await run.ended;
    expect(err).toMatch(/trial 1 is out with attune ask and is waited for\. .*attune tell 1 LOSS s .*add --lost/);
    expect(err.split("waited for")).toHaveLength(2);
    expect(code).toBe(0);
  }, 60_000);
});

describe("ask --expires", () => {
  it("gives a trial an end, after which a run tries it again", async () => {
    const cwd = await made();
    const asked = JSON.parse((await attune(cwd, [...ASK, "--expires", "0.01"])).out);
    const { code } = await attune(cwd, ["run", ...STUDY, "--trials", "2", ...PROGRAM]);
    expect(code).toBe(0);
    expect((await trials(cwd, "s"))[1]).toMatchObject({ state: "complete", values: { loss: asked.params.x } });
    const late = await attune(cwd, ["tell", "1", "9", "--token", asked.token, "s"]);
    expect(late.code).toBe(4);
  }, 60_000);

  it("refuses a time that is none", async () => {
    const cwd = await made();
    for (const time of ["soon", "0", "-1"]) {
      const refused = await attune(cwd, [...ASK, `--expires=${time}`]);
      expect(refused).toMatchObject({ code: 2, out: "" });
      expect(refused.err).toMatch(/--expires is .*give a time/);
    }
    expect(await trials(cwd, "s")).toHaveLength(1);
  }, 60_000);
});

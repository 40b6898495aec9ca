import { describe, expect, it } from "vitest";
import { attune, folder, trials } from "./attune.ts";

describe("limits on the command line", () => {
  it("fails a trial that takes too long and goes on with the next", async () => {
    const cwd = folder();
    const program = ["sh", "-c", "echo loss=1; sleep {t: 0 | 1000}"];
    const words = ["run", "--minimize", "loss", "--study", "s", "--sampler", "grid", "--grace", "1"];
    const run = await attune(cwd, [...words, "--trial-timeout", "1.5", "--", ...program]);
    expect(run.err).toMatch(/failed {2}The program took longer than its limit of 1\.5 s/);
    const states = (await trials(cwd, "s")).map(({ params, outcome }) => [params, outcome]);
    expect(states).toHaveLength(2);
    expect(states).toEqual(
      expect.arrayContaining([
        [{ t: 0 }, "ok"],
        [{ t: 1000 }, "timeout"],
      ]),
    );
  });

  it("takes all of them from a study file", async () => {
    const study = {
      minimize: "loss",
      trials: 1,
      workers: 2,
      "trial-timeout": "1m",
      "idle-timeout": 30,
      "memory-limit": "2GB",
      gpus: [3, "GPU-1a"],
      "gpus-per-trial": 2,
      nice: 1,
      space: { x: "0..1" },
      command: 'test "$CUDA_VISIBLE_DEVICES" = 3,GPU-1a && echo loss=${x}',
    };
    const run = await attune(folder({ "s.json": JSON.stringify(study) }), ["run", "s.json"]);
    expect(run.code).toBe(0);
    expect(run.err).toMatch(/note: GPUs 3, GPU-1a hold one trial at a time; the other worker waits/);
  });

  it.each([
    [["--trial-timeout", "0"], /--trial-timeout is "0"; give a time above 0/],
    [["--memory-limit", "much"], /--memory-limit is "much"; give a size/],
    [["--gpus", "0;1"], /--gpus is "0;1"; give the GPUs as CUDA_VISIBLE_DEVICES/],
    [["--gpus", "0", "--gpus-per-trial", "2"], /Each trial is to get 2 GPUs, but 1 is given \(0\)/],
    [["--trials-per-gpu", "2"], /not which there are; name them: --gpus 0,1/],
    [["--nice", "20"], /--nice is "20"; give a whole number from 0 to 19/],
  ])("refuses %j", async (words, message) => {
    const cwd = folder();
    const run = await attune(cwd, ["run", "--minimize", "loss", ...words, "--", "true", "{x: 0..1}"], {
      CUDA_VISIBLE_DEVICES: "",
    });
    expect(run.code).toBe(2);
    expect(run.err).toMatch(message);
  });
});

it("keeps the newest output of a trial that prints more than the log may hold, without secrets", async () => {
  const cwd = folder();
  const program = 'i=0; while [ $i -lt 400 ]; do i=$((i+1)); echo "line $i $MY_TOKEN"; done; echo loss=$1';
  const words = ["run", "--minimize", "loss", "--trials", "1", "--study", "s", "--log-limit", "4kB", "--json"];
  const env = { MY_TOKEN: "do-not-tell" };
  const run = await attune(cwd, [...words, "--", "sh", "-c", program, "sh", "{x: 0.5..1.0}"], env);
  expect(JSON.parse(run.out)).toMatchObject({ trialsSpent: 1 });
  for (const more of [[], ["--follow"]]) {
    const { out, err } = await attune(cwd, ["log", "0", ...more]);
    expect(out).toMatch(/line 399 \[redacted\]\nline 400 \[redacted\]\nloss=0\.\d+\n$/);
    expect(out.length).toBeLessThanOrEqual(4000);
    expect(out.length).toBeGreaterThan(2000);
    expect(out).not.toContain("do-not-tell");
    if (more.length === 0) expect(err).toMatch(/only the newest output was kept/);
  }
});

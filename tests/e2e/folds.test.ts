import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { attune, folder, start, trials } from "./attune.ts";

/** Each fold is harder than the one before by far more than levels differ; says which fold it was started for. */
const PROGRAM = `
echo "$1 $2 $ATTUNE_FOLD" >> started
[ "$1" = 6 ] && [ "$2" = 3 ] && { echo no data; exit 3; }
echo "step 7 loss=1000"
echo "loss=$(($1 + 100 * $2))"
`;

function file(more: object = {}): string {
  return JSON.stringify({
    minimize: "loss",
    sampler: "grid",
    scheduler: { name: "wilcoxon", startup: 2, level: 0.3 },
    folds: 4,
    space: { level: { choice: [1, 6, 9] } },
    command: ["sh", "program.sh", "${level}", "${fold}"],
    ...more,
  });
}

describe("a study with folds", () => {
  it("starts its program once a fold, takes the mean, stops between folds and names the fold that fails", async () => {
    const cwd = folder({ "program.sh": PROGRAM, "s.json": file() });
    const dry = await attune(cwd, ["run", "s.json", "--dry-run"]);
    expect(dry.out).toMatch(/^sh program\.sh \d 1$/m);
    await attune(cwd, ["run", "s.json", "--trials", "0"]);
    expect((await attune(cwd, ["enqueue", "level=1", "--study", "s"])).code).toBe(0);
    const run = await attune(cwd, ["run", "s.json"]);
    expect(run.code).toBe(0);
    const list = await trials(cwd, "s");
    const of = (level: number) => list.find(({ params }) => (params as { level: number }).level === level);
    expect(of(1)).toMatchObject({ state: "complete", values: { loss: 251 } });
    expect(of(6)).toMatchObject({ state: "pruned", values: { loss: 206 } });
    expect(of(9)).toMatchObject({ state: "pruned", outcome: "stopped", values: { loss: 209 } });
    expect(of(9)!.message).toMatch(/on 2 steps of both/);
    const started = readFileSync(join(cwd, "started"), "utf8").trim().split("\n");
    expect(started.filter((line) => line.startsWith("1 "))).toEqual(["1 1 1", "1 2 2", "1 3 3", "1 4 4"]);
    expect(started.filter((line) => line.startsWith("9 "))).toEqual(["9 1 1", "9 2 2"]);
    const log = await attune(cwd, ["log", String(of(1)!.number), "s"]);
    expect(log.out).toContain("--- fold 1 of 4 ---\nstep 7 loss=1000\nloss=101\n");
    expect(log.out).toContain("--- fold 4 of 4 ---");
    expect((await attune(cwd, ["replay", "s"])).code).toBe(0);
    expect((await attune(cwd, ["best", "s"])).out).toContain("sh program.sh 1 1");
  });

  it("stops trials of five folds, and says at the start where there are too few to stop any", async () => {
    const program = ["--", "sh", "program.sh", "{level: 10..13}", "${fold}"];
    const runOf = async (folds: string, scheduler: string) => {
      const cwd = folder({ "program.sh": PROGRAM });
      const settings = ["--minimize", "loss", "--sampler", "grid", "--scheduler", scheduler, "--study", "s"];
      const run = await attune(cwd, ["run", ...settings, "--folds", folds, ...program]);
      expect(run.code, run.err).toBe(0);
      return { err: run.err, list: await trials(cwd, "s") };
    };
    const five = await runOf("5", "wilcoxon");
    expect(five.err).not.toContain("can stop no trial");
    const stopped = five.list.filter(({ state }) => state === "pruned");
    expect(stopped.length).toBeGreaterThan(0);
    for (const { message } of stopped) expect(message).toMatch(/on 3 steps of both \(signed-rank test, p = 0\.125\)/);
    const three = await runOf("3", "wilcoxon");
    expect(three.err).toContain(
      "scheduler wilcoxon can stop no trial of 3 folds before its last one; it can from 4 folds on.",
    );
    expect(three.list.every(({ state }) => state === "complete")).toBe(true);
    const strict = await runOf("5", "{name: wilcoxon, level: 0.05}");
    expect(strict.err).toContain("of 5 folds before its last one with these options; it can from 6 folds on.");
  });

  it("fails a trial by the fold that fails", async () => {
    const cwd = folder({ "program.sh": PROGRAM });
    const run = await attune(cwd, [
      ...["run", "--minimize", "loss", "--folds", "5", "--sampler", "grid", "--study", "s"],
      ...["--", "sh", "program.sh", "{level: 6..7}", "${fold}"],
    ]);
    expect(run.code).toBe(0);
    const failed = (await trials(cwd, "s")).find(({ state }) => state === "failed");
    expect(failed).toMatchObject({ outcome: "exit-code", values: {} });
    expect(failed!.message).toMatch(/^Fold 3 of 5: The program ended with exit code 3\..*no data/s);
    const other = await attune(cwd, ["run", "s", "--folds", "4"]);
    expect(other.code).not.toBe(0);
    expect(other.err).toContain("Study s has 5 folds, not 4. Begin another with --study NAME.");
  });

  it("begins a trial anew with fold 1 when the tuner was killed in the middle", async () => {
    const wait =
      'echo "$ATTUNE_FOLD" >> started; [ "$ATTUNE_FOLD" = 2 ] && [ ! -e free ] && sleep 1000; echo loss=$ATTUNE_FOLD';
    const cwd = folder({ "program.sh": wait });
    const words = [
      "run",
      "--minimize",
      "loss",
      "--folds",
      "3",
      "--trials",
      "1",
      "--",
      "sh",
      "program.sh",
      "{level: 1..9}",
    ];
    const run = start(cwd, words);
    while (!existsSync(join(cwd, "started")) || !readFileSync(join(cwd, "started"), "utf8").includes("2"))
      await new Promise((resolve) => setTimeout(resolve, 20));
    run.child.kill("SIGKILL");
    await run.ended;
    writeFileSync(join(cwd, "free"), "");
    expect((await attune(cwd, words)).code).toBe(0);
    expect(readFileSync(join(cwd, "started"), "utf8").split("\n").join("")).toBe("12123");
    const [trial] = await trials(cwd, "program");
    expect(trial).toMatchObject({ state: "complete", values: { loss: 2 }, attempts: 2 });
    expect((await attune(cwd, ["replay"])).code).toBe(0);
  });

  it.each([
    ["one fold", { folds: 1 }, /folds is 1; .*2/],
    ["no whole number", { folds: 2.5 }, /folds is 2\.5; /],
    ["no program", { command: undefined }, /folds is 4, but there is no program|has no program to run/],
    ["a scheduler that runs on", { scheduler: "asha" }, /folds is 4, but the scheduler asha pauses trials .*wilcoxon/],
    [
      "a fidelity",
      { space: { level: "1..9 fidelity", x: "0..1" }, scheduler: undefined },
      /folds is 4, but level says how far a trial is run.*without fidelity/,
    ],
  ])("refuses %s", async (_what, more, said) => {
    const cwd = folder({ "program.sh": PROGRAM, "s.json": file(more) });
    const run = await attune(cwd, ["run", "s.json"]);
    expect(run.code).toBe(2);
    expect(run.err).toMatch(said);
  });

  it("keeps the number of folds once a trial has a value", async () => {
    const cwd = folder({
      "program.sh": PROGRAM,
      "s.json": file({ scheduler: undefined }),
      "t.json": file({ folds: 3, study: "s" }),
    });
    expect((await attune(cwd, ["run", "s.json", "--trials", "1"])).code).toBe(0);
    const other = await attune(cwd, ["run", "t.json"]);
    expect(other.code).not.toBe(0);
    expect(other.err).toContain("its trials start their program 4 times, once a fold, not 3 times, once a fold");
  });
});

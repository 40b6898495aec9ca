import { describe, expect, it } from "vitest";
import { attune, folder, start, TRAIN, TRAIN_COMMAND, trials } from "./attune.ts";

const tune = (total: number, ...options: string[]) => [
  "run",
  "--minimize",
  "loss",
  "--trials",
  String(total),
  ...options,
  ...TRAIN_COMMAND,
];

/** Waits for ever, saying so, unless told to be quick. */
const HANG = `
process.on("SIGTERM", () => { if (process.env.STUBBORN !== "1") process.exit(9); });
console.log("pid " + process.pid);
if (process.env.QUICK === "1") console.log("loss=" + process.argv[2]);
else setInterval(() => {}, 1000);
`;
const HANG_COMMAND = ["--", process.execPath, "hang.mjs", "{x: 0.0..1.0}"] as const;

async function isGone(pid: number): Promise<boolean> {
  for (let look = 0; look < 100; look++) {
    try {
      process.kill(pid, 0);
    } catch {
      return true;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return false;
}

async function pidOf(cwd: string): Promise<number> {
  for (;;) {
    const { out } = await attune(cwd, ["log", "0"]);
    const pid = /pid (\d+)/.exec(out)?.[1];
    if (pid !== undefined) return Number(pid);
  }
}

describe("going on with a study", () => {
  it("counts to the total over runs, and says so", async () => {
    const cwd = folder({ "train.mjs": TRAIN });
    await attune(cwd, tune(2));
    const second = await attune(cwd, tune(5));
    expect(second.err).toContain("study train continues: 2 of 5 trials done");
    expect(await trials(cwd, "train")).toHaveLength(5);
    const third = await attune(cwd, ["run", "train", "--trials", "6"]);
    expect(third.code).toBe(0);
    expect(await trials(cwd, "train")).toHaveLength(6);
  });

  it("tries the defaults first, though the tuner was killed as soon as the study was there", async () => {
    const cwd = folder({ "train.mjs": TRAIN });
    const words = tune(2).map((word) => (word === "{layers: 1..6}" ? "{layers: 1..6 default 5}" : word));
    const killed = await attune(cwd, words, { ATTUNE_FAULT: "write.committed:1" });
    expect(killed.signal).toBe("SIGKILL");
    expect((await attune(cwd, words)).err).toContain("study train begins with 1 waiting trial");
    expect((await trials(cwd, "train"))[0]).toMatchObject({ params: { layers: 5 } });
  });

  it("accepts a wider space and refuses anything else, saying what to do", async () => {
    const cwd = folder({ "train.mjs": TRAIN });
    await attune(cwd, tune(2));
    const change = (from: string, to: string) => tune(3).map((word) => (word === from ? to : word));
    const wider = await attune(cwd, change("{layers: 1..6}", "{layers: 1..9}"));
    expect(wider.code).toBe(0);
    expect(wider.err).toContain("widened");
    expect(await trials(cwd, "train")).toHaveLength(3);
    const narrower = await attune(cwd, change("{layers: 1..6}", "{layers: 2..3}"));
    expect(narrower.code).toBe(2);
    expect(narrower.err).toContain("start another with --study NAME");
    expect(narrower.err).toContain("attune space edit train --set 'layers: 2..3'");
    const other = await attune(cwd, change("--lr", "--rate"));
    expect(other.code).toBe(2);
    expect(await trials(cwd, "train")).toHaveLength(3);
  });

  it("prepares a study without running it", async () => {
    const cwd = folder({ "train.mjs": TRAIN });
    const run = await attune(cwd, tune(0));
    expect(run.code).toBe(0);
    expect(run.out).toContain("no trial has been run yet");
  });

  it("ends when the time is used up", async () => {
    const cwd = folder({ "hang.mjs": HANG });
    const run = await attune(cwd, ["run", "--minimize", "loss", "--timeout", "300ms", "--grace", "0", ...HANG_COMMAND]);
    expect(run.err).toContain("The time is used up after 0 trials.");
    expect(run.code).toBe(0);
  });

  it("warns when the program changed between runs", async () => {
    const { writeFileSync } = await import("node:fs");
    const cwd = folder({ "train.mjs": TRAIN });
    await attune(cwd, tune(1));
    writeFileSync(`${cwd}/train.mjs`, `${TRAIN}// changed\n`);
    expect((await attune(cwd, tune(2))).err).toContain("train.mjs changed since the study's last run");
  });
});

describe("stopping", () => {
  it("lets running trials end within the grace at the first Ctrl-C, then goes on with them", async () => {
    const cwd = folder({ "hang.mjs": HANG });
    const words = ["run", "--minimize", "loss", "--trials", "2", "--grace", "200ms", ...HANG_COMMAND];
    const run = start(cwd, words);
    await run.wrote("new study hang");
    const pid = await pidOf(cwd);
    run.child.kill("SIGINT");
    const ended = await run.ended;
    expect(ended.code).toBe(130);
    expect(ended.err).toContain("Ctrl-C: no new trials; running ones have 200 ms to finish.");
    expect(await isGone(pid)).toBe(true);
    expect(await trials(cwd, "hang")).toMatchObject([{ number: 0, state: "waiting" }]);
    const again = await attune(cwd, words, { QUICK: "1" });
    expect(again.code).toBe(0);
    const list = await trials(cwd, "hang");
    expect(list).toMatchObject([
      { state: "complete", attempts: 2 },
      { state: "complete", attempts: 1 },
    ]);
    expect((await attune(cwd, ["log", "0", "--attempt", "1"])).out).toContain("loss=");
  });

  it("ends everything now at the second", async () => {
    const cwd = folder({ "hang.mjs": HANG });
    const run = start(cwd, ["run", "--minimize", "loss", "--grace", "1h", ...HANG_COMMAND], { STUBBORN: "1" });
    await run.wrote("new study hang");
    const pid = await pidOf(cwd);
    run.child.kill("SIGTERM");
    await run.wrote("SIGTERM: no new trials");
    // Until one is none of the echoes of the first, which for a quarter of a second any of them is taken for.
    const second = run.wrote("Ctrl-C again: ending running trials now.");
    const again = setInterval(() => run.child.kill("SIGINT"), 50);
    await second.finally(() => clearInterval(again));
    expect((await run.ended).code).toBe(143);
    expect(await isGone(pid)).toBe(true);
  });

  it("goes on through a hangup where no terminal is attached", async () => {
    const cwd = folder({ "hang.mjs": HANG });
    const run = start(cwd, ["run", "--minimize", "loss", "--grace", "0", ...HANG_COMMAND]);
    await run.wrote("new study hang");
    await pidOf(cwd);
    run.child.kill("SIGHUP");
    expect((await attune(cwd, ["show"])).out).toContain("1 running");
    expect(run.child.exitCode).toBeNull();
    run.child.kill("SIGINT");
    expect((await run.ended).code).toBe(130);
  });

  it("loses and doubles nothing when killed outright, and leaves no process behind", async () => {
    const cwd = folder({ "hang.mjs": HANG });
    const words = ["run", "--minimize", "loss", "--trials", "3", ...HANG_COMMAND];
    const run = start(cwd, words);
    await run.wrote("new study hang");
    const pid = await pidOf(cwd);
    run.child.kill("SIGKILL");
    await run.ended;
    expect(await isGone(pid)).toBe(true);
    const shown = (await attune(cwd, ["show"])).out;
    expect(shown).toContain("lost     trial 0 does not run any more: its process is gone; attune run tries it again");
    expect(shown).not.toContain("running  trial");
    const again = await attune(cwd, words, { QUICK: "1" });
    expect(again.err).toContain("lost with its process");
    expect(again.code).toBe(0);
    expect((await trials(cwd, "hang")).map(({ number, state }) => [number, state])).toEqual([
      [0, "complete"],
      [1, "complete"],
      [2, "complete"],
    ]);
    expect((await attune(cwd, ["replay"])).out).toContain("3 suggestions recomputed, equal bit for bit");
  });

  it("goes on when nobody reads its output any more", async () => {
    const cwd = folder({ "train.mjs": TRAIN });
    const run = start(cwd, tune(6));
    await run.wrote("trial   0");
    run.child.stderr?.destroy();
    run.child.stdout?.destroy();
    expect((await run.ended).code).toBe(0);
    expect(await trials(cwd, "train")).toHaveLength(6);
  });
});

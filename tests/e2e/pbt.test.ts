import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { attune, folder, start, trials } from "./attune.ts";

/** Gains `rate` a step on top of what it had come to, and keeps where it is. `$2` is the step to run up to. */
const PROGRAM = `
read step sum < "$ATTUNE_RESUME_FROM/state" 2>/dev/null || { step=0; sum=0; }
echo "begins at $step with $sum"
while [ "$step" -lt "\${2:-8}" ]; do step=$((step + 1)); sum=$((sum + $1)); echo "step $step score=$sum"; sleep 0.02; done
echo "$step $sum" > "$ATTUNE_CHECKPOINT_DIR/state"
`;
const COMMAND = ["sh", "program.sh", "${rate}", "${until}"];
const study = (more: object = {}) =>
  JSON.stringify({
    maximize: "score",
    scheduler: { name: "pbt", population: 4, interval: 2, largest: 8 },
    sampler: "random",
    seed: 3,
    space: { rate: "1..100" },
    command: COMMAND,
    ...more,
  });

interface Row {
  readonly number: number;
  readonly state: string;
  readonly origin: string;
  readonly message: string | null;
  readonly params: { readonly rate: number };
  readonly values: { readonly score?: number };
}
const rows = async (cwd: string, name: string) => (await trials(cwd, name)) as unknown as readonly Row[];

it("goes on from checkpoints of the best, wins with a schedule, and a final run goes by it to the same result", async () => {
  const cwd = folder({ "program.sh": PROGRAM, "s.json": study() });
  const run = await attune(cwd, ["run", "s.json", "--trials", "4", "--workers", "2"]);
  expect([run.code, run.err]).toEqual([
    0,
    expect.stringMatching(
      /note: trial \d begins with the checkpoint of trial \d at step \d in the place of trial \d: score/,
    ),
  ]);
  const list = await rows(cwd, "s");
  const replaced = list.filter(({ message }) => message?.includes("in the place of") === true);
  expect(replaced.length).toBeGreaterThan(0);
  expect(list).toHaveLength(4 + replaced.length);
  const complete = list.filter(({ state }) => state === "complete");
  expect(complete).toHaveLength(4);
  for (const { number, origin } of list) {
    const log = (await attune(cwd, ["log", String(number), "s"])).out;
    if (origin === "scheduler") expect(log).not.toContain("begins at 0");
    else expect(log).toMatch(/begins at 0 with 0/);
  }
  const replay = JSON.parse((await attune(cwd, ["replay", "s", "--json"])).out);
  expect(replay).toMatchObject({ differences: [], decisions: { differences: [] } });
  const last = complete.filter(({ origin }) => origin === "scheduler").at(-1)!;
  const exported = await attune(cwd, ["export", "s", "--schedule", "--trial", String(last.number)]);
  const { schedule } = JSON.parse(exported.out) as {
    schedule: readonly { until: number | null; params: { rate: number } }[];
  };
  expect([schedule.length > 1, schedule.at(-1)!.params]).toEqual([true, last.params]);
  const again = study({ scheduler: JSON.parse(exported.out), seed: 9 });
  const final = folder({ "program.sh": PROGRAM, "again.json": again });
  const fresh = await attune(final, ["run", "again.json", "--trials", "2"]);
  expect([fresh.code, fresh.err]).toEqual([0, expect.stringContaining("2 of 2 trials")]);
  const ended = (await rows(final, "again")).filter(({ state }) => state === "complete");
  expect(ended.map(({ values }) => values.score)).toEqual([last.values.score, last.values.score]);
  // The parameters of its end alone are another run.
  const wrong = await attune(final, ["confirm", "again"]);
  expect([wrong.code, wrong.err]).toEqual([
    2,
    expect.stringMatching(/cannot be run again by those it ended with: run its schedule by attune run/),
  ]);
  expect((await attune(final, ["best", "again"])).out).toMatch(
    /its parameters changed at step [\d, ]+: attune export again --schedule/,
  );
}, 120_000);

it("is killed at any point, and goes on: every member comes to its end, and the decisions are made again", async () => {
  const cwd = folder({ "program.sh": PROGRAM, "s.json": study() });
  const first = start(cwd, ["run", "s.json", "--trials", "4"]);
  const third = join(cwd, "attune.db.files", "1", "trial-2", "attempt-0.log");
  await expect.poll(() => existsSync(third), { timeout: 60_000 }).toBe(true);
  first.child.kill("SIGKILL");
  await first.ended;
  // Where one has just taken the place of another.
  const second = start(cwd, ["run", "s.json", "--trials", "4"]);
  await second.wrote("in the place of");
  second.child.kill("SIGKILL");
  await second.ended;
  expect((await attune(cwd, ["run", "s.json", "--trials", "4"])).code).toBe(0);
  const list = await rows(cwd, "s");
  expect(list.filter(({ state }) => state === "complete")).toHaveLength(4);
  expect(JSON.parse((await attune(cwd, ["replay", "s", "--json"])).out)).toMatchObject({
    decisions: { differences: [] },
  });
}, 120_000);

it("refuses programs that keep no checkpoint, totals below the population, and trials by hand, with a way out", async () => {
  const cwd = folder({ "program.sh": PROGRAM.replace(/echo "\$step \$sum" .*/, ""), "s.json": study() });
  const few = await attune(cwd, ["run", "s.json", "--trials", "3"]);
  expect([few.code, few.err]).toEqual([
    2,
    expect.stringContaining("has a population of 4, and 3 trials are wanted in all"),
  ]);
  const run = await attune(cwd, ["run", "s.json", "--trials", "4"]);
  expect([run.code, run.err]).toEqual([
    2,
    expect.stringMatching(
      /trial 0 left none when it came to step 2: let the program save its state in the folder ATTUNE_CHECKPOINT_DIR/,
    ),
  ]);
  const asked = await attune(cwd, ["ask", "s"]);
  expect([asked.code, asked.err]).toEqual([2, expect.stringContaining("asked for by hand")]);
}, 60_000);

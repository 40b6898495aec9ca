import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { bytesOnDisk } from "../../src/executor/bytes-on-disk.ts";
import { openStorage, openStudy } from "../../src/index.ts";
import { attune, folder, trials } from "./attune.ts";

/** Goes on from its checkpoint to the step it is given, keeps 100 kB there, and says which seed it had. */
const PROGRAM = `
step=$(cat "$ATTUNE_RESUME_FROM/step" 2>/dev/null || echo 0)
echo "seed $ATTUNE_SEED begins at $step"
while [ "$step" -lt "\${2:-9}" ]; do step=$((step + 1)); echo "step $step loss=$1.$((9 - step))"; done
echo "$step" > "$ATTUNE_CHECKPOINT_DIR/step"
head -c 98304 /dev/zero > "$ATTUNE_CHECKPOINT_DIR/model"
`;
const STUDY = JSON.stringify({
  minimize: "loss",
  sampler: "grid",
  scheduler: { name: "asha", largest: 9, smallest: 1 },
  space: { level: { choice: [1, 2, 3, 4, 5, 6, 7, 8, 9] } },
  command: ["sh", "program.sh", "${level}", "${until}"],
});
const RUN = ["run", "s.json", "--trials", "9"];

/** The checkpoints on the disk, `trial/attempt`, and the bytes of all. */
function checkpoints(cwd: string) {
  const files = join(cwd, "attune.db.files", "1");
  const kept = readdirSync(files).flatMap((trial) =>
    readdirSync(join(files, trial))
      .filter((name) => name.endsWith(".checkpoint"))
      .map((name) => join(trial, name)),
  );
  return { kept, bytes: kept.reduce((sum, name) => sum + bytesOnDisk(join(files, name)), 0) };
}

it("keeps checkpoints within the allowance, gives the least promising paused trials up first, and says so", async () => {
  const cwd = folder({ "program.sh": PROGRAM, "s.json": STUDY });
  const run = await attune(cwd, [...RUN, "--checkpoint-space", "450kB"]);
  expect(run.code).toBe(0);
  const notes = run.err.split("\n").filter((line) => line.includes("is given up: checkpoints took"));
  expect(notes[0]).toMatch(
    /note: the checkpoint of trial \d is given up: checkpoints took 5\d\d kB of the 450 kB that they may, and it was the least promising of the paused trials; if it is promoted it begins anew\./,
  );
  const list = await trials(cwd, "s");
  const paused = list.filter(({ state }) => state === "paused");
  const held = new Set(checkpoints(cwd).kept.map((path) => Number(/trial-(\d+)/.exec(path)![1])));
  const level = ({ params }: Readonly<Record<string, unknown>>): number => (params as { level: number }).level;
  const lowest = paused.filter(({ attempts }) => attempts === 1);
  const [kept, given] = [true, false].map((stays) => lowest.filter(({ number }) => held.has(Number(number)) === stays));
  expect([kept!.length, given!.length].every((count) => count > 0)).toBe(true);
  expect(Math.max(...kept!.map(level))).toBeLessThan(Math.min(...given!.map(level)));
  // What the complete ones saved stays beside it.
  const complete = list.filter(({ state }) => state === "complete").length;
  expect(checkpoints(cwd).bytes).toBeLessThanOrEqual(450_000 + complete * 120_000);
  const storage = await openStorage(join(cwd, "attune.db"));
  const study = await openStudy({ name: "s", storage });
  for (const { number } of given!) {
    const [attempt] = study.trial(Number(number)).segments[0]!.attempts;
    expect(attempt).toMatchObject({ checkpoint: expect.any(String), dropped: expect.any(Number) });
  }
  await study.close();
  await storage.close();
  const replay = JSON.parse((await attune(cwd, ["replay", "s", "--json"])).out);
  expect(replay).toMatchObject({ differences: [], decisions: { differences: [] } });
  const winner = list.find(({ state }) => state === "complete")!;
  const log = (await attune(cwd, ["log", String(winner.number), "s"])).out;
  const seeds = [...log.matchAll(/seed (\d+)/g)].map(([, seed]) => seed);
  expect([seeds.length > 1, new Set(seeds).size]).toEqual([true, 1]);
  // Nobody goes on from what was given up.
  const more = await attune(cwd, [
    ...RUN.slice(0, 2),
    "--scheduler",
    "{name: asha, largest: 9, smallest: 1, reduction: 1.2}",
    "--trials",
    "9",
  ]);
  expect([more.code, more.err]).toEqual([0, expect.not.stringContaining("is gone")]);
});

it("takes everything away but what complete trials saved where none is allowed, and trials begin anew with their seed", async () => {
  const cwd = folder({ "program.sh": PROGRAM, "s.json": STUDY });
  const run = await attune(cwd, [...RUN, "--checkpoint-space", "0"]);
  expect(run.code).toBe(0);
  const complete = (await trials(cwd, "s")).filter(({ state }) => state === "complete");
  expect(
    checkpoints(cwd)
      .kept.map((path) => path.split("/")[0])
      .sort(),
  ).toEqual(complete.map(({ number }) => `trial-${String(number)}`).sort());
  const log = (await attune(cwd, ["log", String(complete[0]!.number), "s"])).out;
  const begun = [...log.matchAll(/seed (\d+) begins at 0/g)].map(([, seed]) => seed);
  expect([begun.length, new Set(begun).size]).toEqual([complete[0]!.attempts, 1]);
});

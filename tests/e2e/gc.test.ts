import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { expect, it } from "vitest";
import { attune, folder, start, trials } from "./attune.ts";

const PROGRAM = `
[ "$1" = 8 ] || echo state > "$ATTUNE_CHECKPOINT_DIR/model"
[ "$1" = 6 ] && { echo broken; exit 1; }
[ "$1" = 7 ] && { echo waits; sleep 1000; }
echo "loss=$1"
`;
const words = (choices: readonly number[]) => ({
  "program.sh": PROGRAM,
  "s.json": JSON.stringify({
    minimize: "loss",
    sampler: "grid",
    space: { v: { choice: choices } },
    command: ["sh", "program.sh", "${v}"],
  }),
});

/** Values of the trials whose folders hold something, with what they hold. */
async function left(cwd: string): Promise<Record<string, readonly string[]>> {
  const found: Record<string, readonly string[]> = {};
  for (const { number, params } of await trials(cwd, "s")) {
    const path = join(cwd, "attune.db.files", "1", `trial-${String(number)}`);
    if (existsSync(path)) found[String((params as { v: number }).v)] = kept(path);
  }
  return found;
}

/** Logs and checkpoints in a folder; what a running trial has besides is not looked at. */
function kept(path: string): readonly string[] {
  return readdirSync(path)
    .filter((name) => /\.(log|checkpoint)$/.test(name))
    .sort();
}

const BOTH = ["attempt-0.checkpoint", "attempt-0.log"];

it("shows what can go, then removes it: not of the best, of failures or of what runs", async () => {
  const cwd = folder(words([1, 2, 3, 6, 7]));
  const run = start(cwd, ["run", "s.json", "--workers", "5", "--grace", "0.2"]);
  await run.wrote("failed");
  await run.wrote("loss 3");
  await run.wrote("loss 2");
  await run.wrote("loss 1");
  const all = { 1: BOTH, 2: BOTH, 3: BOTH, 6: BOTH, 7: BOTH };
  // What a running program prints is gathered for a moment before it is written.
  await expect.poll(() => left(cwd), { timeout: 20_000 }).toEqual(all);

  const shown = await attune(cwd, ["gc", "--keep", "1"]);
  expect(shown).toMatchObject({ code: 0 });
  expect(shown.out).toMatch(
    /study s: [\d.]+ kB of 2 trials, the files of 3 stay\n[\d.]+ kB can go; nothing is removed yet/,
  );
  expect(await left(cwd)).toEqual(all);

  expect((await attune(cwd, ["gc", "s", "--keep", "1", "--checkpoints", "--yes"])).out).toMatch(/removed [\d.]+ kB/);
  expect(await left(cwd)).toEqual({ ...all, 2: ["attempt-0.log"], 3: ["attempt-0.log"] });
  await attune(cwd, ["gc", "--keep", "1", "--yes"]);
  expect(await left(cwd)).toEqual({ 1: BOTH, 6: BOTH, 7: BOTH });

  run.child.kill("SIGTERM");
  expect((await attune(cwd, ["gc", "nobody"])).code).toBe(2);
  await run.ended;
});

it("keeps of a paused trial the checkpoint that it goes on from, and nothing that nobody can resume", async () => {
  const program = `
step=$(cat "$ATTUNE_RESUME_FROM/step" 2>/dev/null || echo 0)
while [ "$step" -lt "\${2:-9}" ]; do step=$((step + 1)); echo "step $step loss=$1.$((9 - step))"; done
echo "$step" > "$ATTUNE_CHECKPOINT_DIR/step"
`;
  const study = {
    minimize: "loss",
    sampler: "grid",
    scheduler: { name: "asha", largest: 9, smallest: 1 },
    space: { level: { choice: [1, 2, 3, 4, 5, 6, 7, 8, 9] } },
    command: ["sh", "program.sh", "${level}", "${until}"],
  };
  const cwd = folder({ "program.sh": program, "s.json": JSON.stringify(study) });
  await attune(cwd, ["run", "s.json", "--trials", "9"]);
  const paused = (await trials(cwd, "s")).filter(({ state }) => state === "paused");
  const again = paused.find(({ attempts }) => attempts === 2)!;
  const path = (trial: unknown, name: string) => join(cwd, "attune.db.files", "1", `trial-${String(trial)}`, name);
  const [kept, old] = [path(again.number, "attempt-1.checkpoint"), path(again.number, "attempt-0.checkpoint")];
  expect([existsSync(kept), existsSync(old)]).toEqual([true, true]);
  await attune(cwd, ["gc", "--keep", "0", "--yes"]);
  expect([existsSync(kept), existsSync(old)]).toEqual([true, false]);
  for (const { number, attempts } of paused)
    expect(existsSync(path(number, `attempt-${Number(attempts) - 1}.checkpoint/step`))).toBe(true);
  const more = await attune(cwd, [
    "run",
    "s.json",
    "--trials",
    "9",
    "--scheduler",
    "{name: asha, largest: 9, smallest: 1, reduction: 1.2}",
  ]);
  expect([more.code, more.err]).toEqual([0, expect.not.stringContaining("begins anew")]);
});

it("removes what deleted studies left", async () => {
  const cwd = folder(words([1]));
  await attune(cwd, ["run", "s.json"]);
  await attune(cwd, ["delete", "s", "--yes"]);
  expect((await attune(cwd, ["gc"])).out).toMatch(/deleted studies and removed storages: [\d.]+ kB/);
  await attune(cwd, ["gc", "--yes"]);
  expect(existsSync(join(cwd, "attune.db.files"))).toBe(false);
});

it("finds what a killed tuner and a removed storage left, also of trials that stay", async () => {
  const cwd = folder(words([1, 8]));
  await attune(cwd, ["run", "s.json"]);
  const files = join(cwd, "attune.db.files", "1");
  const useless = [
    "trial-0/attempt-0.stop",
    "trial-0/attempt-0.reports",
    "trial-1/attempt-0.checkpoint",
    "trial-1/attempt-3.log",
    "trial-17/attempt-0.log",
  ];
  mkdirSync(join(files, "trial-17"));
  for (const file of useless) writeFileSync(join(files, file), "left");
  const { out } = await attune(cwd, ["gc", "--json"]);
  const found = JSON.parse(out) as { files: readonly string[] };
  const there = (path: string): string => relative(files, resolve(cwd, path));
  expect(found.files.map(there)).toEqual([...useless.slice(0, 4).sort(), "trial-17"]);
  await attune(cwd, ["gc", "--yes"]);
  expect(useless.filter((file) => existsSync(join(files, file)))).toEqual([]);
  expect(await left(cwd)).toEqual({ 1: BOTH, 8: ["attempt-0.log"] });
});

it("shows what stands beside the place of a storage that is gone, and removes it when asked to", async () => {
  const cwd = folder(words([1]));
  await attune(cwd, ["run", "s.json"]);
  rmSync(join(cwd, "attune.db"));
  const shown = await attune(cwd, ["gc"]);
  expect(shown).toMatchObject({
    code: 0,
    out: expect.stringMatching(/removed storages: [\d.]+ kB\n.*nothing is removed yet/),
  });
  expect((await attune(cwd, ["gc", "s"])).code).toBe(2);
  await attune(cwd, ["gc", "--yes"]);
  expect(existsSync(join(cwd, "attune.db.files"))).toBe(false);
  expect((await attune(cwd, ["gc"])).code).toBe(2);
});

it("removes of a paused trial what a killed tuner left, and keeps what it goes on from", async () => {
  const program = `
echo "state of attempt $ATTUNE_ATTEMPT" > "$ATTUNE_CHECKPOINT_DIR/model"
[ "$ATTUNE_TRIAL$ATTUNE_ATTEMPT" = 30 ] && sleep 1000
echo "{\\"step\\": 1, \\"loss\\": $1}"
[ "$ATTUNE_UNTIL" = 1 ] && exit
echo "{\\"step\\": 3, \\"loss\\": $1}"
`;
  const command = ["run", "s.json", "--scheduler", "asha", "--grace", "0.2"];
  const cwd = folder({ ...words([1, 2, 3, 4]), "program.sh": program });
  const killed = start(cwd, command);
  await expect
    .poll(() => existsSync(join(cwd, "attune.db.files/1/trial-3/attempt-0.checkpoint/model")), { timeout: 20_000 })
    .toBe(true);
  killed.child.kill("SIGKILL");
  await killed.ended;
  expect((await attune(cwd, command)).code).toBe(0);
  expect((await trials(cwd, "s")).map(({ state }) => state)).toContain("paused");
  const folderOf3 = join(cwd, "attune.db.files", "1", "trial-3");
  for (const name of ["attempt-0.stop", "attempt-1.reports"]) writeFileSync(join(folderOf3, name), "left");
  expect(readdirSync(folderOf3)).toContain("attempt-1.checkpoint");
  await attune(cwd, ["gc", "--yes"]);
  expect(readdirSync(folderOf3).sort()).toEqual(["attempt-1.checkpoint", "attempt-1.log"]);
});

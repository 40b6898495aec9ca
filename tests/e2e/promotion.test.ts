import { rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { createStudy, defineSpace, int, openStorage, spaceToJson } from "../../src/index.ts";
import { attune, folder, trials } from "./attune.ts";

/** Registers schedulers of the tests in the process that runs. */
const MEMBERS = {
  NODE_OPTIONS: `--import ${fileURLToPath(new URL("../support/register-schedulers.ts", import.meta.url))}`,
};

/**
 * Goes on from its checkpoint to the step it is given and keeps a checkpoint there, after it has said what it has come to: ended any
 * earlier, it would lose it. The step comes as an argument (`argument`) or in the environment (`environment`).
 */
const PROGRAM = `
level=$1 until=$2
[ "$until" = environment ] && until=$ATTUNE_UNTIL
[ "$until" = own ] && until=
begin=$(cat "$ATTUNE_RESUME_FROM/step" 2>/dev/null || echo 0)
echo "begins at $begin until \${until:-its end} (\${ATTUNE_UNTIL:-none})"
step=$begin
while [ "$step" -lt "\${until:-9}" ]; do step=$((step + 1)); echo "step $step loss=$level.$((9 - step))"; done
sleep 0.1
echo "$step" > "$ATTUNE_CHECKPOINT_DIR/step"
`;

function study(command: readonly string[]): string {
  const space = { level: { choice: [1, 2, 3, 4, 5, 6, 7, 8, 9] } };
  return JSON.stringify({
    minimize: "loss",
    sampler: "grid",
    scheduler: "halving-example",
    workers: 2,
    space,
    command,
  });
}

it.each([
  ["argument", ["sh", "program.sh", "${level}", "${until}"]],
  ["environment", ["sh", "program.sh", "${level}", "environment"]],
])("a program goes from rung to rung on its checkpoints, its step given as %s", async (_way, command) => {
  const cwd = folder({ "program.sh": PROGRAM, "s.json": study(command) });
  const run = await attune(cwd, ["run", "s.json", "--trials", "9"], MEMBERS);
  expect([run.code, run.err]).toEqual([0, expect.stringContaining("paused  the end of the rung at step 1")]);
  const list = await trials(cwd, "s");
  const complete = list.filter(({ state }) => state === "complete");
  expect(complete.length).toBeGreaterThan(0);
  expect(list.filter(({ state }) => state === "paused")).toHaveLength(9 - complete.length);
  expect(complete[0]).toMatchObject({ params: { level: 1 }, values: { loss: 1 }, attempts: 3 });
  const log = (await attune(cwd, ["log", String(complete[0]!.number), "s"])).out;
  // No step twice, and the end is the program's own.
  expect(log).toContain("begins at 3 until its end (none)");
  const replay = await attune(cwd, ["replay", "s", "--json"], MEMBERS);
  expect(JSON.parse(replay.out)).toMatchObject({ differences: [], decisions: { differences: [] } });
  expect(JSON.parse(replay.out).decisions.checked).toBeGreaterThan(18);
  expect((await attune(cwd, ["replay", "s"], MEMBERS)).out).toMatch(/\d+ decisions of the scheduler recomputed, equal/);
});

it("a checkpoint that is gone is said, and the program begins anew", async () => {
  const forgetful = `${PROGRAM}\n[ "$ATTUNE_SEGMENT" = 0 ] && (sleep 0.3; true)`;
  const cwd = folder({ "program.sh": forgetful, "s.json": study(["sh", "program.sh", "${level}", "${until}"]) });
  const run = ["run", "s.json", "--workers", "1"];
  await attune(cwd, [...run, "--trials", "2"], MEMBERS);
  for (const trial of [0, 1])
    rmSync(join(cwd, "attune.db.files", "1", `trial-${trial}`, "attempt-0.checkpoint"), { recursive: true });
  const more = await attune(cwd, [...run, "--trials", "3"], MEMBERS);
  expect(more.err).toMatch(/note: the checkpoint of trial [01] is gone \(.*attempt-0\.checkpoint\): it begins anew\./);
});

it("a study whose parameter is named until stays what it was, a new one is refused that name", async () => {
  const cwd = folder();
  const command = [
    "run",
    "--study",
    "s",
    "--minimize",
    "loss",
    "--trials",
    "1",
    "--",
    "echo",
    "loss={until: 1..9}",
    "${until}",
  ];
  const refused = await attune(cwd, command);
  expect([refused.code, refused.err]).toEqual([
    2,
    expect.stringContaining("A parameter is named until, which is reserved"),
  ]);
  const storage = await openStorage(join(cwd, "attune.db"));
  const like = await createStudy({
    name: "like",
    minimize: "loss",
    space: { x: int(1, 9) },
    sampler: "random",
    storage,
  });
  const { definition } = like;
  const space = spaceToJson(defineSpace({ until: int(1, 9) }));
  const argv = ["echo", "loss={until: 1..9}", "${until}"];
  await storage.createStudy({
    ...definition,
    name: "s",
    space,
    settings: { ...definition.settings, command: { argv } },
  });
  await storage.close();
  const continued = await attune(cwd, command);
  expect([continued.code, continued.err]).toEqual([0, expect.any(String)]);
  expect((await attune(cwd, ["log", "0", "s"])).out).toMatch(/^loss=(\d) \1$/m);
});

it("where no scheduler gives a step, ${until} is the program's own", async () => {
  const cwd = folder();
  const command = [
    "run",
    "--study",
    "s",
    "--minimize",
    "loss",
    "--trials",
    "1",
    "--",
    "echo",
    "loss={x: 1..9}",
    "${until}",
  ];
  expect((await attune(cwd, command)).code).toBe(0);
  expect((await attune(cwd, ["log", "0", "s"])).out).toMatch(/^loss=\d \$\{until\}$/m);
});

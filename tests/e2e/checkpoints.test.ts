import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { attune, folder, start, trials } from "./attune.ts";

/** Keeps its step when it is asked to end, and goes on from there. `killed` saves in time, but does not end. */
const PROGRAM = `
step=$(cat "$ATTUNE_RESUME_FROM/step" 2>/dev/null || echo 0)
trap 'echo $step > "$ATTUNE_CHECKPOINT_DIR/step"; [ "$1" = saves ] && exit 0' TERM
echo "resumed at $step"
[ "$step" -gt 0 ] || [ -n "$AGAIN" ] && { echo "loss=$step"; exit 0; }
step=3
echo "running"
while :; do sleep 0.05; done
`;
const words = (way: string) => [
  "run",
  "--study",
  "s",
  "--minimize",
  "loss",
  "--trials",
  "1",
  "--grace",
  way === "saves" ? "5" : "0.5",
  "--",
  "sh",
  "program.sh",
  way,
  "{x: 0..1}",
];

it.each([
  ["saves", 3],
  ["killed", 0],
])("a stopped trial goes on from what it kept, not from what may be torn: %s", async (way, loss) => {
  const cwd = folder({ "program.sh": PROGRAM });
  const run = start(cwd, [...words(way), "--quiet"]);
  await expect.poll(async () => (await attune(cwd, ["log", "0"])).out, { timeout: 30_000 }).toContain("running");
  run.child.kill("SIGTERM");
  expect((await run.ended).code).toBe(143);
  expect((await trials(cwd, "s"))[0]).toMatchObject({ state: "waiting" });
  // What nobody may read any more does not stay on the disk either.
  expect(existsSync(join(cwd, "attune.db.files", "1", "trial-0", "attempt-0.checkpoint"))).toBe(way === "saves");
  const second = await attune(cwd, words(way), { AGAIN: "1" });
  expect(second.code).toBe(0);
  expect((await trials(cwd, "s"))[0]).toMatchObject({ state: "complete", values: { loss }, attempts: 2 });
});

import { spawn, spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { folder } from "./attune.ts";

const MAIN = fileURLToPath(new URL("../../src/cli/main.ts", import.meta.url));
/** `script` of util-linux gives a program a terminal of its own. */
const HAS_SCRIPT = spawnSync("script", ["--version"]).status === 0;
const TRAIN = `
const go = process.argv.at(-1);
for (let step = 0; step < 3; step++) console.log("step " + step + " loss=" + (Number(go) + step));
process.stdin.resume();
setTimeout(() => process.exit(0), 60_000);
`;

/** Runs a tuning on a terminal of 100 columns until `ready`, then `act`s; answers all that the terminal got. */
async function onTerminal(env: Readonly<Record<string, string>>, ready: string): Promise<string> {
  const cwd = folder({ "train.mjs": TRAIN });
  const run = `exec ${process.execPath} ${MAIN} run --minimize loss --grace 0 --seed 1 -- ${process.execPath} train.mjs '{x: 0.0..1.0}'`;
  const { CI: _, NO_COLOR: __, ...clean } = process.env;
  const child = spawn("script", ["-qefc", `stty cols 100 rows 30; echo $$ > pid; ${run}`, "/dev/null"], {
    cwd,
    env: { ...clean, TERM: "xterm", LANG: "C.UTF-8", ...env },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let seen = "";
  let stopped = false;
  child.stdout.on("data", (chunk) => {
    seen += chunk;
    if (stopped || !seen.includes(ready)) return;
    stopped = true;
    spawnSync("sh", ["-c", "kill -INT $(cat pid)"], { cwd });
  });
  await new Promise((resolve) => child.on("close", resolve));
  return seen.replaceAll("\r\n", "\n");
}

describe.skipIf(!HAS_SCRIPT && process.env.CI === undefined)("attune run on a terminal", () => {
  it("shows live what runs, and leaves nothing of it when it is stopped", async () => {
    const seen = await onTerminal({}, "step 2");
    expect(seen).toContain("best     none yet");
    expect(seen).toMatch(/running {2}trial 0 .* step 2 {2}loss 2\./);
    const after = seen.slice(seen.lastIndexOf("\u001b[J"));
    expect(after).not.toContain("running");
    expect(after).toContain("Stopped after 0 trials");
  });

  it("tells the same in plain lines with NO_COLOR", async () => {
    const seen = await onTerminal({ NO_COLOR: "1" }, "new study train");
    expect(seen).not.toContain("\u001b");
    expect(seen).toContain("Stopped after 0 trials");
  });
});

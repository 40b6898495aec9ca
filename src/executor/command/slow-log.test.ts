import { spawn } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { contractJob, startJob } from "../executor.contract.ts";
import { blockPool } from "./blocked-pool.testing.ts";
import { CommandExecutor } from "./command-executor.ts";

it("reads what a program printed to its last line, however long its log makes it wait", async () => {
  const folder = mkdtempSync(join(tmpdir(), "attune-"));
  // More than the log holds back and less than that and a pipe: the program is over while its last lines are unread.
  const program = "head -c 1230000 /dev/zero | tr '\\0' x | fold -w 99; echo; echo loss=0.31; echo $$ > pid";
  const executor = new CommandExecutor({
    command: { shell: program },
    parameters: [],
    cwd: folder,
    logFile: () => join(folder, "log"),
    drainMs: 1,
  });
  const { pipe, freed } = blockPool();
  // The log is not written before the program is over and its pipes have been looked at often (or it cannot end: two seconds).
  const over = '[ -s pid ] && ! kill -0 "$(cat pid)" 2>&-';
  const wait = `for i in $(seq 100); do { ${over}; } && break; sleep 0.02; done; sleep 0.5; : > "$0"`;
  const waiting = spawn("sh", ["-c", wait, pipe], { cwd: folder, stdio: "ignore" });
  const { result } = startJob(executor, contractJob({ ending: "value" }));
  expect(await result).toMatchObject({ state: "complete", values: { loss: 0.31 } });
  await executor.close();
  await freed;
  waiting.kill();
});

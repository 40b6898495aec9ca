import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { contractJob, startJob } from "../executor.contract.ts";
import { CommandExecutor } from "./command-executor.ts";

it("reads what a program printed to its last line, however long its log makes it wait", async () => {
  const folder = mkdtempSync(join(tmpdir(), "attune-"));
  const log = join(folder, "log");
  execFileSync("mkfifo", [log]);
  // More than the log holds back and less than that and a pipe: the program is over while its last lines are unread.
  const program = "head -c 1230000 /dev/zero | tr '\\0' x | fold -w 99; echo; echo loss=0.31; echo $$ > pid";
  // Nobody takes the log before the program is over and its pipes have been looked at often (or it cannot end: two seconds).
  const over = '[ -s pid ] && ! kill -0 "$(cat pid)" 2>&-';
  const reader = `for i in $(seq 100); do { ${over}; } && break; sleep 0.02; done; sleep 0.5; cat log`;
  const reading = spawn("sh", ["-c", reader], { cwd: folder, stdio: "ignore" });
  const executor = new CommandExecutor({
    command: { shell: program },
    parameters: [],
    cwd: folder,
    logFile: () => log,
    drainMs: 1,
  });
  const { result } = startJob(executor, contractJob({ ending: "value" }));
  expect(await result).toMatchObject({ state: "complete", values: { loss: 0.31 } });
  await executor.close();
  reading.kill();
});

/** The least a pool can do: starts COUNT commands, WORKERS at a time, and keeps nothing. Words: OUTPUT COUNT WORKERS PROGRAM ARGS... */
import { spawn } from "node:child_process";

const [output, count, workers, program, ...rest] = process.argv.slice(2);
let left = Number(count);

function work(): void {
  if (left === 0) return;
  left -= 1;
  const child = spawn(program!, rest, { stdio: ["ignore", output === "read" ? "pipe" : "ignore", "inherit"] });
  child.stdout?.resume();
  child.on("close", work);
}

for (let worker = 0; worker < Number(workers); worker += 1) work();

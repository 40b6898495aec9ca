import { execFileSync } from "node:child_process";
import { expect, it } from "vitest";

/** Opens one file after the other under a limit, and tells how many there were when no more program could be started. */
const PROGRAM = `
import { openSync } from "node:fs";
const { requireDescriptors } = await import(process.argv[1]);
requireDescriptors();
for (;;) {
  const opened = openSync("/dev/null", "r");
  try {
    requireDescriptors();
  } catch ({ code, message }) {
    console.log(JSON.stringify({ opened, code, message }));
    break;
  }
}`;

it.runIf(process.platform === "linux")(
  "refuses while there are still some left, as starting a program takes several",
  () => {
    const module = new URL("./require-descriptors.ts", import.meta.url).href;
    const words = [
      "-c",
      'ulimit -n 64; exec "$0" "$@"',
      process.execPath,
      "--input-type=module",
      "-e",
      PROGRAM,
      module,
    ];
    const told = JSON.parse(execFileSync("sh", words, { encoding: "utf8" }));
    expect(told).toEqual({ opened: 54, code: "EMFILE", message: "64 files may be open at a time, and that many are." });
  },
);

import { execFileSync } from "node:child_process";
import { expect, it } from "vitest";

/** Opens one file after the other under a limit, and tells how many were open when no more program could be started. */
const PROGRAM = `
import { closeSync, openSync, readdirSync } from "node:fs";
const { requireDescriptors } = await import(process.argv[1]);
const open = () => readdirSync("/proc/self/fd").length - 1;
const refusal = (more) => {
  try {
    requireDescriptors(more);
    return null;
  } catch ({ code, message }) {
    return { code, message };
  }
};
const files = [];
const take = () => files.push(openSync("/dev/null", "r"));
while (refusal() === null) take();
const told = { open: open(), ...refusal() };
// As low a number as there is becomes free, and still as many are open.
take();
closeSync(files[2]);
const gap = refusal();
while (files.length > 10) closeSync(files.pop());
console.log(JSON.stringify({ ...told, gap: gap?.code, more: refusal(30)?.code, few: refusal(20) }));`;

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
    const message = "64 files may be open at a time, and that many are.";
    expect(told).toEqual({ open: 55, code: "EMFILE", message, gap: "EMFILE", more: "EMFILE", few: null });
  },
);

import { execFileSync } from "node:child_process";
import { expect, it } from "vitest";

/** Takes every descriptor, and tells what can be read then: without a spare one, with it, and again. */
const PROGRAM = `
import { openSync, closeSync, readdirSync, readFileSync } from "node:fs";
const { keepSpareDescriptor, withSpareDescriptor } = await import(process.argv[1]);
const taken = [];
const takeAll = () => {
  try {
    for (;;) taken.push(openSync("/dev/null", "r"));
  } catch ({ code }) {
    return code;
  }
};
const told = [takeAll()];
const read = () => {
  try {
    return withSpareDescriptor(() => readFileSync("/proc/self/comm", "utf8").length > 0 && readdirSync("/proc").length > 0);
  } catch ({ code }) {
    return code;
  }
};
told.push(read());
keepSpareDescriptor();
told.push(read());
for (let k = 0; k < 3; k++) closeSync(taken.pop());
keepSpareDescriptor();
keepSpareDescriptor();
takeAll();
told.push(read(), read());
try {
  withSpareDescriptor(() => { throw new TypeError("other"); });
} catch ({ message }) {
  told.push(message);
}
// Nothing but the spare one was there to be taken.
told.push(takeAll());
console.log(JSON.stringify(told));`;

it.runIf(process.platform === "linux")("lets one file be read at a time where none could be opened any more", () => {
  const module = new URL("./spare-descriptor.ts", import.meta.url).href;
  const node = [process.execPath, "--input-type=module", "-e", PROGRAM, module];
  const told = execFileSync("sh", ["-c", 'ulimit -n 64; exec "$0" "$@"', ...node], { encoding: "utf8" });
  expect(JSON.parse(told)).toEqual(["EMFILE", "EMFILE", "EMFILE", true, true, "other", "EMFILE"]);
});

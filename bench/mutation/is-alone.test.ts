import { spawnSync } from "node:child_process";
import path from "node:path";
import { expect, it } from "vitest";

const ALONE = ["--pid", "--fork", "--mount-proc", "--kill-child=KILL", "--"];
const canBeAlone = spawnSync("unshare", [...ALONE, "true"]).status === 0;

/** What the first process of a namespace says once a shell that it ran has ended. */
function saysAfter(shell: string): string {
  const program = `
    import { isAlone } from ${JSON.stringify(path.join(import.meta.dirname, "is-alone.ts"))};
    import { spawnSync } from "node:child_process";
    import { readdirSync } from "node:fs";
    spawnSync("sh", ["-c", ${JSON.stringify(shell)}], { stdio: "ignore" });
    const others = () => readdirSync("/proc").filter((name) => /^\\d+$/.test(name)).length - 1;
    while (${JSON.stringify(shell)}.includes("ended") && !isAlone()) await new Promise(setImmediate);
    console.log(isAlone(), others() > 0);`;
  const words = [...ALONE, process.execPath, "--input-type=module", "-e", program];
  return spawnSync("unshare", words, { encoding: "utf8" }).stdout.trim();
}

it.runIf(canBeAlone)(
  "takes what still runs for company, and what has ended not, though nobody asks for its end",
  () => {
    expect(saysAfter("sleep 1000 &")).toBe("false true");
    expect(saysAfter("sleep 0.1 & : ended")).toBe("true true");
    expect(saysAfter(":")).toBe("true false");
  },
);

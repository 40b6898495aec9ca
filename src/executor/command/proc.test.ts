import { spawn } from "node:child_process";
import { once } from "node:events";
import { describe, expect, it } from "vitest";
import { otherProcesses, readProcess } from "./proc.ts";

async function others(): Promise<readonly number[]> {
  const found: number[] = [];
  for await (const pid of otherProcesses()) found.push(pid);
  return found;
}

describe.runIf(process.platform === "linux")("the processes of this machine", () => {
  it("are all but this one, by their numbers", async () => {
    const child = spawn("sleep", ["1000"]);
    await once(child, "spawn");
    const found = await others();
    expect(found).toContain(child.pid);
    expect(found).not.toContain(process.pid);
    expect(found.every((pid) => Number.isInteger(pid) && pid > 0)).toBe(true);
    child.kill("SIGKILL");
    await once(child, "exit");
    expect(await others()).not.toContain(child.pid);
  });

  it("are read as long as they are there", async () => {
    const child = spawn("sleep", ["1000"]);
    await once(child, "spawn");
    expect(readProcess(child.pid!, "cmdline")?.toString()).toBe("sleep\x001000\0");
    child.kill("SIGKILL");
    await once(child, "exit");
    expect(readProcess(child.pid!, "cmdline")).toBeNull();
  });

  it("are not said to be gone where something else is wrong", () => {
    expect(() => readProcess(process.pid, "fd")).toThrow(/EISDIR/);
  });

  it("leave the event loop its turn after each sixty-four", async () => {
    let turns = 0;
    let going = true;
    const turn = (): void => {
      turns += 1;
      if (going) setImmediate(turn);
    };
    setImmediate(turn);
    let looked = 0;
    for await (const _pid of otherProcesses()) {
      looked += 1;
      if (looked === 64) expect(turns).toBe(0);
      if (looked === 65) expect(turns).toBeGreaterThan(0);
    }
    going = false;
  });
});

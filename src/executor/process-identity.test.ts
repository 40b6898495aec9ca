import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { setImmediate } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import type { ProcessIdentity } from "../trial/owner.ts";
import { currentProcess, processState } from "./process-identity.ts";

const me = currentProcess();

/** Identity of another process of this boot and namespace, as it would write it itself. */
async function identityOf(pid: number): Promise<ProcessIdentity> {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1)!.split(" ");
  return { ...me, pid, started: fields[19]! };
}

describe.runIf(process.platform === "linux")("processState", () => {
  it("knows this process, always the same", () => {
    expect(currentProcess()).toBe(me);
    expect(me).toMatchObject({
      pid: process.pid,
      namespace: expect.stringMatching(/^pid:\[/),
      boot: expect.stringMatching(/:/),
    });
    expect(processState(me)).toBe("alive");
    expect(processState(JSON.parse(JSON.stringify(me)))).toBe("alive");
  });

  it("follows a process from life over a stop to its end", async () => {
    const child = spawn("sleep", ["1000"]);
    const identity = await identityOf(child.pid!);
    expect(processState(identity)).toBe("alive");
    child.kill("SIGSTOP");
    expect(processState(identity)).toBe("alive");
    child.kill("SIGKILL");
    await once(child, "exit");
    expect(processState(identity)).toBe("dead");
  });

  it("takes a zombie for dead", async () => {
    // The shell becomes a program that never waits for the child.
    const parent = spawn("sh", ["-c", "sleep 0 & echo $!; exec sleep 1000"], { stdio: ["ignore", "pipe", "inherit"] });
    const [line] = (await once(parent.stdout, "data")) as [Buffer];
    const identity = await identityOf(Number(line));
    while (!readFileSync(`/proc/${identity.pid}/stat`, "utf8").includes(") Z ")) await setImmediate();
    expect(processState(identity)).toBe("dead");
    parent.kill("SIGKILL");
  });

  it("is not fooled by a process id that was used again", () => {
    expect(processState({ ...me, started: `${Number(me.started) - 1}` })).toBe("dead");
  });

  it("says nothing about other machines, other namespaces and unknown systems", () => {
    const [machine, boot] = me.boot.split(":");
    expect(processState({ ...me, namespace: "pid:[1]" })).toBe("elsewhere");
    expect(processState({ ...me, boot: `0123456789abcdef:${boot?.replace(/./g, "0")}` })).toBe("elsewhere");
    expect(processState({ ...me, boot: `${machine}:` })).toBe("elsewhere");
    expect(processState({ ...me, boot: "" })).toBe("elsewhere");
    expect(processState({ ...me, started: "" })).toBe("elsewhere");
    expect(processState({ boot: ":", namespace: "", pid: 1, started: "" })).toBe("elsewhere");
  });

  it("does not take a process that it cannot look at for dead", () => {
    const { pid } = me;
    expect(processState({ ...me, pid: 2 ** 30 })).toBe("dead");
    expect(processState({ ...me, pid })).toBe("alive");
  });
});

describe("a process of an earlier boot", () => {
  const here = { machine: "m", boot: "2", namespace: "n", tellsReboots: true };
  const earlier = { boot: "m:1", namespace: "n", pid: process.pid, started: "5" };

  it("is dead where it ran on this very machine", () => {
    expect(processState(earlier, here)).toBe("dead");
  });

  it.each([
    ["the machine cannot tell a reboot", earlier, { ...here, tellsReboots: false }],
    ["it ran in another namespace", { ...earlier, namespace: "o" }, here],
    ["it ran on another machine", { ...earlier, boot: "o:1" }, here],
    ["no machine has an id", { ...earlier, boot: ":1" }, { ...here, machine: "" }],
    ["this boot is not known", earlier, { ...here, boot: "" }],
    ["its boot is not known", { ...earlier, boot: "m:" }, here],
    ["its start is not known", { ...earlier, started: "" }, here],
  ])("may be alive where %s", (_, identity, place) => {
    expect(processState(identity, place)).toBe("elsewhere");
  });
});

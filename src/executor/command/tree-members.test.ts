import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { expect, it } from "vitest";
import { residentInPs } from "./held-bytes.ts";
import { membersInPs, treeMembers } from "./tree-members.ts";
import { whyNotFrozen } from "./why-not-frozen.ts";

it.runIf(process.platform === "linux")(
  "finds what has the mark, is in the group, or was started by these, parents first",
  async () => {
    const marker = randomUUID();
    // A daemon with the mark, a child of the group without it, and one that left both.
    const script = `(setsid sh -c 'echo daemon $$; sleep 1000' &); env -i sh -c 'echo child $$; sleep 1000' & setsid env -i sh -c 'echo stray $$; sleep 1000' & wait`;
    const program = spawn("sh", ["-c", script], {
      detached: true,
      env: { ...process.env, M: marker },
      stdio: ["ignore", "pipe", "ignore"],
    });
    let told = "";
    while ((told.match(/\n/g) ?? []).length < 3) told += String((await once(program.stdout!, "data"))[0]);
    const pids = Object.fromEntries(
      told
        .trim()
        .split("\n")
        .map((line) => line.split(" "))
        .map(([name, pid]) => [name, Number(pid)]),
    );
    const members = await treeMembers({ group: program.pid!, marker });
    const found = new Map(members.map(({ pid, strayed }) => [pid, strayed]));
    expect([program.pid!, pids.daemon!, pids.child!, pids.stray!].map((pid) => found.get(pid))).toEqual([
      false,
      false,
      false,
      true,
    ]);
    for (const { pid, parent } of members) {
      const [own, parents] = [pid, parent].map((one) => members.findIndex((member) => member.pid === one));
      expect(parents).toBeLessThan(own!);
    }
    const why =
      "started a process that has left its process group and lost its mark, so that nobody would find it again";
    expect(whyNotFrozen(members, new Set())).toBe(why);
    expect(whyNotFrozen(members, new Set(members.map(({ pid }) => pid)))).toBe(null);
    for (const { pid } of members) process.kill(pid, "SIGKILL");
  },
);

it("reads groups, and what has left them, from ps", () => {
  const told =
    "  1     0     1 Ss   launchd\n 70     1    70 S    python3.12\n 71    70    70 R+   sh\n 72    71    72 T    own group\n 90     1    90 S    other\n\n";
  const members = membersInPs(told, 70);
  expect(members.map(({ pid, names, state, strayed }) => [pid, names, state, strayed])).toEqual([
    [70, ["python3.12"], "S", false],
    [71, ["sh"], "R+", false],
    [72, ["own group"], "T", true],
  ]);
  expect(membersInPs(told, 5)).toEqual([]);
  expect(residentInPs("  100\n 20\n\n")).toBe(120 * 1024);
});

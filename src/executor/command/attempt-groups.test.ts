import { spawnSync } from "node:child_process";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { canMakeGroups } from "./control-group.testing.ts";

const file = (name: string): string => JSON.stringify(path.join(import.meta.dirname, name));

/** What a process of its own says, which goes from group to group; its clock is set by hand. */
function said(work: string): unknown {
  const program = `
    import { existsSync } from "node:fs";
    import { readFileSync } from "node:fs";
    import path from "node:path";
    import { setTimeout as delay } from "node:timers/promises";
    import { AttemptGroups } from ${file("attempt-groups.ts")};
    import { groupsIn, ownControlGroup } from ${file("control-group.ts")};
    import { makeTunerGroup } from ${file("tuner-group.ts")};
    const home = ownControlGroup();
    const clock = { now: 0, step: 0 };
    performance.now = () => (clock.now += clock.step);
    const folder = makeTunerGroup();
    const left = [];
    const where = () => path.relative(folder, ownControlGroup());
    ${work}`;
  const { stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", program], { encoding: "utf8" });
  return stdout === "" ? stderr : JSON.parse(stdout);
}

describe.runIf(canMakeGroups)("the groups that a launcher stands in", () => {
  it("are another one for each program, and left behind when there is no more to be started in them", () => {
    expect(
      said(`
        const groups = new AttemptGroups(folder, (number) => left.push(number));
        const seen = [[groups.current, where()]];
        for (let program = 0; program < 3; program++) {
          groups.goOn();
          seen.push([groups.current, where(), left.length]);
        }
        const below = groupsIn(folder).map((group) => path.basename(group)).sort();
        groups.end();
        const end = [groups.current, ownControlGroup() === home, existsSync(folder)];
        groups.goOn();
        console.log(JSON.stringify({ seen, left, below, end, after: groups.current }));`),
    ).toEqual({
      seen: [
        [1, "1"],
        [2, "2", 1],
        [3, "3", 2],
        [4, "4", 3],
      ],
      left: [1, 2, 3, 4],
      below: ["1", "2", "3", "4"],
      end: [null, true, false],
      after: null,
    });
  });

  it("are shared where going to another would take more than a twentieth of the time", () => {
    expect(
      said(`
        const groups = new AttemptGroups(folder, (number) => left.push(number));
        // From here on each way to another group seems to take 50 ms: worth a second, of which there are two ahead.
        clock.step = 50;
        const seen = [];
        for (let program = 0; program < 6; program++) {
          groups.goOn();
          seen.push(groups.current);
        }
        clock.step = 0;
        clock.now += 10_000;
        for (let turn = 0; turn < 400 && groups.current === 4; turn++) await delay(5);
        seen.push(groups.current);
        await delay(30);
        seen.push(groups.current);
        groups.goOn();
        seen.push(groups.current);
        groups.end();
        console.log(JSON.stringify({ seen, left }));`),
    ).toEqual({ seen: [2, 3, 4, 4, 4, 4, 5, 5, 6], left: [1, 2, 3, 4, 5, 6] });
  });

  it("end with whatever is left in them", () => {
    expect(
      said(`
        import { spawn } from "node:child_process";
        import { once } from "node:events";
        const groups = new AttemptGroups(folder, (number) => left.push(number));
        const child = spawn("sleep", ["1000"], { detached: true });
        await once(child, "spawn");
        groups.goOn();
        groups.end();
        const [, signal] = await once(child, "exit");
        console.log(JSON.stringify([signal, existsSync(folder), left]));`),
    ).toEqual(["SIGKILL", false, [1, 2]]);
  });

  it("are none where they cannot be made", () => {
    expect(
      said(`
        const nowhere = path.join(folder, "no", "such");
        const groups = new AttemptGroups(nowhere, (number) => left.push(number));
        groups.goOn();
        const seen = [groups.current, ownControlGroup() === home];
        groups.end();
        (await import("node:fs")).rmdirSync(folder);
        console.log(JSON.stringify([...seen, left]));`),
    ).toEqual([null, true, []]);
  });
});

import { setTimeout } from "node:timers/promises";
import type { ProcessIdentity } from "../../trial/owner.ts";
import { processState } from "../process-identity.ts";
import { tunerMark } from "../tuner-mark.ts";
import { endControlGroup, processesIn, removeControlGroup } from "./control-group.ts";
import { helperMark } from "./helper-mark.ts";
import { otherProcesses, readProcess } from "./proc.ts";
import { killMarked } from "./process-tree.ts";
import { signalProcess } from "./signal-process.ts";
import { groupsOf } from "./tuner-group.ts";

/** How long killed processes may take to leave their groups. */
const GROUP_LOOKS = 200;
const GROUP_LOOK_MS = 5;

/**
 * Ends what dead tuners left running on this machine when their launchers and guardians died with them or stand still. Linux only; a
 * tuner that is not known to be dead keeps all it has.
 *
 * @returns how many processes of their programs were ended.
 */
export async function endLeftovers(tuners: readonly ProcessIdentity[]): Promise<number> {
  const dead = tuners.filter((tuner) => processState(tuner) === "dead");
  const marks = dead.map(tunerMark);
  if (marks.length === 0) return 0;
  const programs = new Set<number>();
  const helpers = new Set<number>();
  const groups = groupsOf(dead);
  const inGroups = groups.flatMap(processesIn);
  for (const { pid, helper } of await leftBy(marks)) {
    (helper ? helpers : programs).add(pid);
    // What it leads may have lost the mark: names of processes are written over their environment.
    signalProcess(-pid, "SIGKILL");
  }
  for (const pid of await killMarked(marks.map((mark) => `${mark}-`))) programs.add(pid);
  await endGroups(groups);
  for (const pid of inGroups) if (!helpers.has(pid)) programs.add(pid);
  return programs.size;
}

/** Kills what is in them until they can be removed. */
async function endGroups(groups: readonly string[]): Promise<void> {
  for (let look = 0; look < GROUP_LOOKS; look++) {
    for (const group of groups) endControlGroup(group);
    if (groups.every(removeControlGroup)) return;
    await setTimeout(GROUP_LOOK_MS);
  }
}

/** Programs, launchers and guardians of tuners with these marks. */
async function leftBy(
  marks: readonly string[],
): Promise<readonly { readonly pid: number; readonly helper: boolean }[]> {
  const found: { pid: number; helper: boolean }[] = [];
  for await (const pid of otherProcesses()) {
    const environment = readProcess(pid, "environ");
    if (environment === null) continue;
    const helped = helperMark(pid);
    if (marks.some((mark) => environment.includes(`${mark}-`))) found.push({ pid, helper: false });
    else if (helped !== null && marks.includes(helped)) found.push({ pid, helper: true });
  }
  return found;
}

import path from "node:path";
import type { ProcessIdentity } from "../../trial/owner.ts";
import { currentProcess, processState } from "../process-identity.ts";
import {
  controlGroupMounts,
  groupsIn,
  makeControlGroup,
  ownControlGroup,
  removeControlGroup,
} from "./control-group.ts";

const NAME = /^attune\.(\d+)\.(\d+)\.(\d+)\.\d+$/;
let made = 0;

/**
 * Makes a control group for a launcher's programs below this process's own, named after this process, so that others can tell when it is
 * dead; empty ones of dead processes beside it are removed. Null where groups cannot be made: then programs are found by their mark alone.
 */
export function makeTunerGroup(): string | null {
  const own = ownControlGroup();
  const name = groupName(currentProcess());
  if (own === null || name === null) return null;
  const folder = path.join(own, `${name}.${++made}`);
  if (!makeControlGroup(folder)) return null;
  for (const other of groupsIn(own)) if (isOfDead(other)) removeControlGroup(other);
  return folder;
}

/** Groups that these processes have made, wherever on this machine. */
export function groupsOf(tuners: readonly ProcessIdentity[]): readonly string[] {
  const names = new Set(tuners.flatMap((tuner) => groupName(tuner) ?? []));
  const found: string[] = [];
  const look = (folder: string): void => {
    for (const group of groupsIn(folder)) {
      const name = path.basename(group);
      if (NAME.test(name) && names.has(name.slice(0, name.lastIndexOf(".")))) found.push(group);
      else look(group);
    }
  };
  if (names.size > 0) for (const mount of controlGroupMounts()) look(mount);
  return found;
}

function groupName({ namespace, pid, started }: ProcessIdentity): string | null {
  const inode = /\d+/.exec(namespace)?.[0];
  return inode === undefined || started === "" ? null : `attune.${pid}.${started}.${inode}`;
}

/** Groups do not outlive their boot. */
function isOfDead(folder: string): boolean {
  const [, pid, started = "", inode] = NAME.exec(path.basename(folder)) ?? [];
  const { boot, namespace } = currentProcess();
  if (pid === undefined || groupName(currentProcess()) === null || !namespace.includes(`[${inode}]`)) return false;
  return processState({ boot, namespace, pid: Number(pid), started }) === "dead";
}

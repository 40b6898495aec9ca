import { type Dirent, mkdirSync, readdirSync, readFileSync, rmdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { orIfRefused } from "../or-if-refused.ts";
import { signalProcess } from "./signal-process.ts";

/**
 * The folder of this process's own control group (version 2), by what /proc tells; null where there is none. Groups may be made below it where
 * the system lets this user do so: as root, in what systemd delegates to a user, in containers that mount it writable.
 */
export function ownControlGroup(): string | null {
  const own = /^0::(.*)$/m.exec(textOf("/proc/self/cgroup") ?? "")?.[1];
  if (own === undefined) return null;
  for (const { root, point } of mounts()) {
    const below = path.relative(root, own);
    if (!below.startsWith("..")) return path.join(point, below);
  }
  return null;
}

/** Folders at which control groups of version 2 can be reached. */
export function controlGroupMounts(): readonly string[] {
  return mounts().map(({ point }) => point);
}

/** Makes a group; false where that may not be. */
export function makeControlGroup(folder: string): boolean {
  return done(() => mkdirSync(folder)) === true;
}

/** Ids of the processes in a group and in those below it, but those that cannot be seen from here (another process namespace). */
export function processesIn(folder: string): readonly number[] {
  const own = (textOf(path.join(folder, "cgroup.procs")) ?? "").split("\n").map(Number);
  // An id of 0 would signal this process's own group.
  return [...own.filter((pid) => pid > 0), ...groupsIn(folder).flatMap(processesIn)];
}

/**
 * Kills all processes of a group and of those below it, and removes the groups. Answers the ids it killed; what was killed a moment ago may still
 * hold the folder: then another call removes it.
 */
export function endControlGroup(folder: string): readonly number[] {
  if (removeControlGroup(folder)) return [];
  const found = processesIn(folder);
  // At once, with whatever starts meanwhile; kernels before 5.14 cannot.
  const killed = canWrite(path.join(folder, "cgroup.kill"), "1") ? found : killEach(folder);
  removeControlGroup(folder);
  return killed;
}

/** Stops all processes of a group, and all that are born there, or lets them go on; false where the system cannot (kernels before 5.2). */
export function freezeControlGroup(folder: string, frozen: boolean): boolean {
  return canWrite(path.join(folder, "cgroup.freeze"), frozen ? "1" : "0");
}

/** Whether all processes of a group stand still: it takes a moment. */
export function isControlGroupFrozen(folder: string): boolean {
  return /^frozen 1$/m.test(textOf(path.join(folder, "cgroup.events")) ?? "");
}

/** Looks again until there is nobody new. */
function killEach(folder: string): readonly number[] {
  const killed = new Set<number>();
  for (;;) {
    const found = processesIn(folder).filter((pid) => !killed.has(pid));
    if (found.length === 0) return [...killed];
    for (const pid of found) {
      killed.add(pid);
      signalProcess(pid, "SIGKILL");
    }
  }
}

/** Removes a group and those below it; false while there are processes in them. True also where there is no such group. */
export function removeControlGroup(folder: string): boolean {
  if (done(() => rmdirSync(folder)) === true) return true;
  for (const group of groupsIn(folder)) removeControlGroup(group);
  const left = done(() => rmdirSync(folder));
  return left === true || left === "ENOENT";
}

/** Puts this process into a group, with all its threads; false where that may not be. */
export function enterControlGroup(folder: string): boolean {
  return canWrite(path.join(folder, "cgroup.procs"), "0");
}

/** The groups directly below a group. */
export function groupsIn(folder: string): readonly string[] {
  const inside = orIfRefused<readonly Dirent[]>(
    () => readdirSync(folder, { withFileTypes: true }),
    () => [],
  );
  return inside.flatMap((entry) => (entry.isDirectory() ? [path.join(folder, entry.name)] : []));
}

function mounts(): readonly { readonly root: string; readonly point: string }[] {
  return (textOf("/proc/self/mountinfo") ?? "").split("\n").flatMap((line) => {
    const [, , , root, point] = line.split(" ");
    return root !== undefined && point !== undefined && line.includes(" - cgroup2 ")
      ? [{ root: unescaped(root), point: unescaped(point) }]
      : [];
  });
}

/** Blanks and the like stand there as three octal digits. */
function unescaped(word: string): string {
  return word.replace(/\\([0-7]{3})/g, (_all, digits: string) => String.fromCharCode(Number.parseInt(digits, 8)));
}

function canWrite(file: string, text: string): boolean {
  return done(() => writeFileSync(file, text, { flag: "r+" })) === true;
}

function textOf(file: string): string | null {
  return orIfRefused<string | null>(
    () => readFileSync(file, "utf8"),
    () => null,
  );
}

/** True, or the system's code for why not: whatever it refuses leaves everything as it is without groups. */
function done(act: () => void): true | string {
  return orIfRefused<true | string>(
    () => {
      act();
      return true;
    },
    (code) => code,
  );
}

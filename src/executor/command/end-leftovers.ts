import type { ProcessIdentity } from "../../trial/owner.ts";
import { processState } from "../process-identity.ts";
import { tunerMark } from "../tuner-mark.ts";
import { GUARDIAN } from "./guardian.ts";
import { LAUNCHER_OF } from "./launcher.ts";
import { otherProcesses, readProcess } from "./proc.ts";
import { killMarked } from "./process-tree.ts";
import { signalProcess } from "./signal-process.ts";

/**
 * Ends what dead tuners left running on this machine when their launchers and guardians died with them or stand still. Linux only; a
 * tuner that is not known to be dead keeps all it has.
 *
 * @returns how many processes of their programs were ended.
 */
export async function endLeftovers(tuners: readonly ProcessIdentity[]): Promise<number> {
  if (process.platform !== "linux") return 0;
  const marks = tuners.filter((tuner) => processState(tuner) === "dead").map(tunerMark);
  if (marks.length === 0) return 0;
  const programs = new Set<number>();
  for (const { pid, helper } of await leftBy(marks)) {
    if (!helper) programs.add(pid);
    // What it leads may have lost the mark: names of processes are written over their environment.
    signalProcess(-pid, "SIGKILL");
  }
  for (const pid of await killMarked(marks.map((mark) => `${mark}-`))) programs.add(pid);
  return programs.size;
}

/** Programs, launchers and guardians of tuners with these marks. */
async function leftBy(
  marks: readonly string[],
): Promise<readonly { readonly pid: number; readonly helper: boolean }[]> {
  const found: { pid: number; helper: boolean }[] = [];
  for await (const pid of otherProcesses()) {
    const environment = readProcess(pid, "environ");
    if (environment === null) continue;
    if (marks.some((mark) => environment.includes(`${mark}-`))) found.push({ pid, helper: false });
    else if (marks.some((mark) => environment.includes(`${LAUNCHER_OF}=${mark}\0`) || isGuardian(pid, mark)))
      found.push({ pid, helper: true });
  }
  return found;
}

function isGuardian(pid: number, mark: string): boolean {
  return readProcess(pid, "cmdline")?.includes(`\0${GUARDIAN}\0${mark}-`) ?? false;
}

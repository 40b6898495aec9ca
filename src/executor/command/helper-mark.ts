import { readProcess } from "./proc.ts";

/** In the environment of the launcher alone, with its tuner's mark. */
export const LAUNCHER_OF = "ATTUNE_LAUNCHER_OF";
/** What a guardian is called in the list of processes; its next word begins with its tuner's mark, after which comes `-`. */
export const GUARDIAN = "attune-guardian";

const IN_ENVIRONMENT = new RegExp(`(?:^|\0)${LAUNCHER_OF}=([^\0]*)`);
const IN_WORDS = new RegExp(`\0${GUARDIAN}\0([^\0]*)-[^\0-]*(?:\0|$)`);

/** The mark of the tuner whose launcher or guardian a process is; null for any other process. Linux only. */
export function helperMark(pid: number): string | null {
  const environment = readProcess(pid, "environ")?.toString("latin1") ?? "";
  const words = readProcess(pid, "cmdline")?.toString("latin1") ?? "";
  return IN_ENVIRONMENT.exec(environment)?.[1] ?? IN_WORDS.exec(words)?.[1] ?? null;
}

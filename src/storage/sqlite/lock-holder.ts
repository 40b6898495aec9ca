import { readFileSync, statSync } from "node:fs";
import { basename } from "node:path";

/** A process that holds a lock of a storage. */
export interface LockHolder {
  readonly pid: number;
  /** Its program, and the script that one runs. */
  readonly name: string;
  /** True while it stands still (SIGSTOP, Ctrl-Z). */
  readonly stopped: boolean;
}

/** Byte of the `-shm` file that the one writer of a write-ahead log locks (sqlite.org/walformat.html, section 2.3.1). */
const WRITE_LOCK = 120;
/** `1: POSIX  ADVISORY  WRITE 4711 08:01:131090 120 120` */
const LINE = /^\d+: (?:POSIX|OFDLCK)\s+\S+\s+WRITE\s+(-?\d+)\s+[0-9a-f]+:[0-9a-f]+:(\d+)\s+(\d+)\s+(\d+|EOF)$/;

/** Who holds the write lock of a storage's file, by Linux's /proc; null where that cannot be seen: elsewhere, in another container. */
export function lockHolder(file: string): LockHolder | null {
  const shared = inodeOf(`${file}-shm`);
  const main = inodeOf(file);
  for (const line of read("/proc/locks").split("\n")) {
    const [, pid, inode, from, to] = LINE.exec(line) ?? [];
    if (pid === undefined || Number(pid) <= 0 || Number(pid) === process.pid) continue;
    const writes = Number(inode) === shared && Number(from) <= WRITE_LOCK && (to === "EOF" || Number(to) >= WRITE_LOCK);
    if (writes || Number(inode) === main) return holder(Number(pid));
  }
  return null;
}

function holder(pid: number): LockHolder | null {
  const stat = read(`/proc/${pid}/stat`);
  if (stat === "") return null;
  const [program = "", script = ""] = read(`/proc/${pid}/cmdline`).split("\0");
  const name = [program, script.startsWith("-") ? "" : script]
    .map((word) => basename(word))
    .join(" ")
    .trim();
  const state = stat.slice(stat.lastIndexOf(")") + 2, stat.lastIndexOf(")") + 3);
  return { pid, name, stopped: state === "T" || state === "t" };
}

function inodeOf(path: string): number | null {
  return statSync(path, { throwIfNoEntry: false })?.ino ?? null;
}

/** Empty where there is no such file, or none that may be read. */
function read(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error) return "";
    throw error;
  }
}

import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync, readlinkSync } from "node:fs";
import { hostname } from "node:os";
import type { ProcessIdentity } from "../trial/owner.ts";

/** `elsewhere`: another machine, boot or process namespace, or hidden from us; only its lease tells. */
export type ProcessState = "alive" | "dead" | "elsewhere";

/** Inode of the first pid namespace of every Linux boot (PROC_PID_INIT_INO). */
const FIRST_NAMESPACE = "pid:[4026531836]";

interface Place {
  /** Hash of the machine's own id and name, or "" where there is none. */
  readonly machine: string;
  readonly boot: string;
  readonly namespace: string;
}

let place: Place | null = null;
let current: ProcessIdentity | null = null;

/** Identity of this process, read once. Works on Linux and macOS; elsewhere it is one that nobody can judge. */
export function currentProcess(): ProcessIdentity {
  if (current === null) {
    const here = currentPlace();
    current = {
      boot: `${here.machine}:${here.boot}`,
      namespace: here.namespace,
      pid: process.pid,
      started: startOf(process.pid)?.started ?? "",
    };
  }
  return current;
}

/**
 * Whether that process still lives. A process of an earlier boot of this very machine is dead; one of another machine or
 * process namespace is `elsewhere`. A stopped process (closed lid, SIGSTOP) is alive, a zombie is dead.
 */
export function processState(identity: ProcessIdentity): ProcessState {
  const here = currentPlace();
  const [machine, boot] = identity.boot.split(":");
  if (boot === "" || boot === undefined || here.boot === "" || identity.started === "") return "elsewhere";
  if (boot !== here.boot) {
    const sameMachine = machine !== "" && machine === here.machine;
    // In a container the machine's id may be that of its image: only the first namespace can tell a reboot.
    const first = identity.namespace === here.namespace && (here.namespace === FIRST_NAMESPACE || isMac());
    return sameMachine && first ? "dead" : "elsewhere";
  }
  if (identity.namespace !== here.namespace) return "elsewhere";
  const found = startOf(identity.pid);
  if (found === null) return exists(identity.pid) ? "elsewhere" : "dead";
  return found.ended || found.started !== identity.started ? "dead" : "alive";
}

function currentPlace(): Place {
  place ??=
    process.platform === "linux" ? linuxPlace() : isMac() ? macPlace() : { machine: "", boot: "", namespace: "" };
  return place;
}

function linuxPlace(): Place {
  const machineId = textOf("/etc/machine-id") ?? "";
  return {
    machine: machineId === "" ? "" : machineHash(machineId),
    boot: textOf("/proc/sys/kernel/random/boot_id") ?? "",
    namespace: linkOf("/proc/self/ns/pid") ?? "",
  };
}

function macPlace(): Place {
  const boot = execFileSync("sysctl", ["-n", "kern.bootsessionuuid"], { encoding: "utf8" }).trim();
  return { machine: machineHash(""), boot, namespace: "" };
}

function isMac(): boolean {
  return process.platform === "darwin";
}

/** A machine's id is never stored itself (machine-id(5) asks for that). */
function machineHash(id: string): string {
  return createHash("sha256").update(`attune\n${id}\n${hostname()}`).digest("hex").slice(0, 16);
}

function startOf(pid: number): { readonly started: string; readonly ended: boolean } | null {
  if (isMac()) return macStartOf(pid);
  const stat = textOf(`/proc/${pid}/stat`);
  if (stat === null) return null;
  // The name in parentheses may hold blanks and parentheses itself; state is field 3, start time field 22.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return { started: fields[19] ?? "", ended: fields[0] === "Z" || fields[0] === "X" };
}

function macStartOf(pid: number): { readonly started: string; readonly ended: boolean } | null {
  try {
    const options = { encoding: "utf8", env: { LC_ALL: "C", TZ: "UTC", PATH: "/bin:/usr/bin" } } as const;
    const line = execFileSync("ps", ["-o", "state=,lstart=", "-p", String(pid)], options).trim();
    const [state = "", ...started] = line.split(/\s+/);
    return line === "" ? null : { started: started.join(" "), ended: state.startsWith("Z") };
  } catch (error) {
    // ps ends with 1 when there is no such process.
    if (error instanceof Error && "status" in error && error.status === 1) return null;
    throw error;
  }
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCode(error) === "EPERM";
  }
}

function textOf(file: string): string | null {
  return readable(() => readFileSync(file, "utf8").trim());
}

function linkOf(file: string): string | null {
  return readable(() => readlinkSync(file));
}

/** Null when the file is not there or not ours to read. */
function readable<T>(read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    if (["ENOENT", "ESRCH", "EACCES", "EPERM"].includes(errorCode(error))) return null;
    throw error;
  }
}

function errorCode(error: unknown): string {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";
}

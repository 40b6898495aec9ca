import { execFileSync } from "node:child_process";
import type { ProcessIdentity } from "../trial/owner.ts";
import { orIfRefused } from "./or-if-refused.ts";
import { type ProcessPlace, readPlace } from "./process-place.ts";
import { readSystemFile } from "./read-system-file.ts";

/** `elsewhere`: another machine, boot or process namespace, or hidden from us; only its lease tells. */
export type ProcessState = "alive" | "dead" | "elsewhere";

let place: ProcessPlace | null = null;
let current: ProcessIdentity | null = null;

/** Identity of this process, read once. Works on Linux and macOS; elsewhere it is one that nobody can judge. */
export function currentProcess(): ProcessIdentity {
  current ??= processOf(process.pid);
  return current;
}

/** Identity of a process of this machine that runs now; of one that does not, one that nobody can judge. */
export function processOf(pid: number): ProcessIdentity {
  const { machine, boot, namespace } = currentPlace();
  return { boot: `${machine}:${boot}`, namespace, pid, started: startOf(pid)?.started ?? "" };
}

/**
 * Whether that process still lives. A process of an earlier boot of this very machine is dead; one of another machine or
 * process namespace is `elsewhere`. A stopped process (closed lid, SIGSTOP) is alive, a zombie is dead.
 */
export function processState(identity: ProcessIdentity, here: ProcessPlace = currentPlace()): ProcessState {
  const [machine, boot] = identity.boot.split(":");
  if (boot === "" || boot === undefined || here.boot === "" || identity.started === "") return "elsewhere";
  if (boot !== here.boot) {
    const sameMachine = machine !== "" && machine === here.machine && identity.namespace === here.namespace;
    return sameMachine && here.tellsReboots ? "dead" : "elsewhere";
  }
  if (identity.namespace !== here.namespace) return "elsewhere";
  const found = startOf(identity.pid);
  if (found === null) return exists(identity.pid) ? "elsewhere" : "dead";
  return found.ended || found.started !== identity.started ? "dead" : "alive";
}

/** Whether that process is here and stands still (SIGSTOP, Ctrl-Z). */
export function standsStill(identity: ProcessIdentity): boolean {
  return processState(identity) === "alive" && startOf(identity.pid)?.stopped === true;
}

function currentPlace(): ProcessPlace {
  place ??= readPlace();
  return place;
}

interface Start {
  readonly started: string;
  readonly ended: boolean;
  readonly stopped: boolean;
}

function startOf(pid: number): Start | null {
  if (process.platform === "darwin") return macStartOf(pid);
  const stat = readSystemFile(`/proc/${pid}/stat`);
  if (stat === null) return null;
  // The name in parentheses may hold blanks and parentheses itself; state is field 3, start time field 22.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const state = fields[0] ?? "";
  return { started: fields[19] ?? "", ended: /^[ZX]/.test(state), stopped: /^[Tt]/.test(state) };
}

function macStartOf(pid: number): Start | null {
  try {
    const options = { encoding: "utf8", env: { LC_ALL: "C", TZ: "UTC", PATH: "/bin:/usr/bin" } } as const;
    const line = execFileSync("ps", ["-o", "state=,lstart=", "-p", String(pid)], options).trim();
    const [state = "", ...started] = line.split(/\s+/);
    const seen = { started: started.join(" "), ended: state.startsWith("Z"), stopped: state.startsWith("T") };
    return line === "" ? null : seen;
  } catch (error) {
    // ps ends with 1 when there is no such process.
    if (error instanceof Error && "status" in error && error.status === 1) return null;
    throw error;
  }
}

function exists(pid: number): boolean {
  return orIfRefused(
    () => process.kill(pid, 0),
    (code) => code === "EPERM",
  );
}

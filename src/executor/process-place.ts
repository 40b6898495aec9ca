import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readlinkSync } from "node:fs";
import { hostname } from "node:os";
import path from "node:path";
import { fromSystem, readSystemFile } from "./read-system-file.ts";

/** Inode of the first pid namespace of every Linux boot (PROC_PID_INIT_INO). */
const FIRST_NAMESPACE = "pid:[4026531836]";

/** Where a process runs: what its id means only there. */
export interface ProcessPlace {
  /** Hash of the machine's own id and name, or "" where there is none. */
  readonly machine: string;
  readonly boot: string;
  readonly namespace: string;
  /** In a container the machine's id may be that of its image: only the first namespace can tell a reboot. */
  readonly tellsReboots: boolean;
}

/** The place of this process, on Linux and macOS; elsewhere one that says nothing. `root` is where the system's files begin. */
export function readPlace(root = "/", platform: NodeJS.Platform = process.platform): ProcessPlace {
  if (platform === "linux") return linuxPlace(root);
  if (platform === "darwin") return macPlace();
  return { machine: "", boot: "", namespace: "", tellsReboots: false };
}

function linuxPlace(root: string): ProcessPlace {
  const machineId = readSystemFile(path.join(root, "etc/machine-id")) ?? "";
  const namespace = fromSystem(path.join(root, "proc/self/ns/pid"), (link) => readlinkSync(link)) ?? "";
  return {
    machine: machineId === "" ? "" : machineHash(machineId),
    boot: readSystemFile(path.join(root, "proc/sys/kernel/random/boot_id")) ?? "",
    namespace,
    tellsReboots: namespace === FIRST_NAMESPACE,
  };
}

function macPlace(): ProcessPlace {
  const boot = execFileSync("sysctl", ["-n", "kern.bootsessionuuid"], { encoding: "utf8" }).trim();
  return { machine: machineHash(""), boot, namespace: "", tellsReboots: true };
}

/** A machine's id is never stored itself (machine-id(5) asks for that). */
function machineHash(id: string): string {
  return createHash("sha256").update(`attune\n${id}\n${hostname()}`).digest("hex").slice(0, 16);
}

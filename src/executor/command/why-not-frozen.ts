import { readdirSync, readlinkSync } from "node:fs";
import { fromSystem } from "../read-system-file.ts";
import type { TreeMember } from "./tree-members.ts";

/** Programs whose work runs elsewhere: stopped, they would leave it running, or lose it. */
const CLIENTS: ReadonlySet<string> = new Set([
  ...[
    "docker",
    "docker-compose",
    "podman",
    "podman-remote",
    "podman-compose",
    "nerdctl",
    "ctr",
    "crictl",
    "lxc",
    "incus",
  ],
  ...[
    "kubectl",
    "oc",
    "ssh",
    "mosh-client",
    "srun",
    "sbatch",
    "qsub",
    "bsub",
    "condor_run",
    "systemd-run",
    "machinectl",
  ],
]);

const STRAYED =
  "started a process that has left its process group and lost its mark, so that nobody would find it again";

/** Devices of which a stopped program would go on to hold the memory. */
const GPU = /^\/dev\/(?:nvidia|kfd|dri(?:\/|$))/;

/**
 * Why a program of these processes is not to be stopped in memory, the rest of a sentence that begins with "it"; null where it may be.
 * `boxed` are those that are found by their control group.
 */
export function whyNotFrozen(members: readonly TreeMember[], boxed: ReadonlySet<number>): string | null {
  for (const member of members) {
    const client = member.names.find((name) => CLIENTS.has(name));
    if (client !== undefined) return `runs ${client}, whose work goes on elsewhere`;
    if (member.strayed && !boxed.has(member.pid)) return STRAYED;
    if (holdsGpu(member.pid)) return "holds a GPU";
  }
  return null;
}

function holdsGpu(pid: number): boolean {
  return openFiles(pid).some((file) => GPU.test(fromSystem(file, (link) => readlinkSync(link)) ?? ""));
}

/** None where it has gone, or is another user's. */
function openFiles(pid: number): readonly string[] {
  const folder = `/proc/${pid}/fd`;
  return (fromSystem(folder, (of) => readdirSync(of)) ?? []).map((name) => `${folder}/${name}`);
}

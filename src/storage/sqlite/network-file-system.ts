import { statfsSync } from "node:fs";

/** Linux' numbers (statfs) of file systems whose locks other machines may not see, by the name users know. */
const NETWORK: ReadonlyMap<number, string> = new Map([
  [0x6969, "NFS"],
  [0x517b, "SMB"],
  [0xff534d42, "CIFS"],
  [0xfe534d42, "SMB"],
  [0x01021997, "9p"],
  [0x73757245, "Coda"],
  [0x5346414f, "AFS"],
  [0x564c, "NCP"],
  [0x00c36400, "Ceph"],
  [0x0bd00bd0, "Lustre"],
  [0x47504653, "GPFS"],
  [0x19830326, "BeeGFS"],
  [0xaad7aaea, "PanFS"],
]);

/** Name of the network file system with that statfs type, or null for a local one. */
export function networkFileSystemName(type: number): string | null {
  return NETWORK.get(type >>> 0) ?? null;
}

/** Name of the network file system a folder lies on, or null (also where the system does not tell). */
export function networkFileSystemOf(folder: string): string | null {
  if (process.platform !== "linux") return null;
  return networkFileSystemName(statfsSync(folder).type);
}

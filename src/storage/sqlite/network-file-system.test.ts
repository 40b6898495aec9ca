import { expect, it } from "vitest";
import { networkFileSystemName, networkFileSystemOf } from "./network-file-system.ts";

// The numbers of linux/magic.h, and of the file systems' own sources where they are not in it.
it.each([
  [0x69_69, "NFS"],
  [0x51_7b, "SMB"],
  [0xff_53_4d_42, "CIFS"],
  [0xfe_53_4d_42, "SMB"],
  [0x01_02_19_97, "9p"],
  [0x73_75_72_45, "Coda"],
  [0x53_46_41_4f, "AFS"],
  [0x56_4c, "NCP"],
  [0x00_c3_64_00, "Ceph"],
  [0x0b_d0_0b_d0, "Lustre"],
  [0x47_50_46_53, "GPFS"],
  [0x19_83_03_26, "BeeGFS"],
  [0xaa_d7_aa_ea, "PanFS"],
])("knows the file system with the number %i as %s, also where the system gives it a sign", (type, name) => {
  expect(networkFileSystemName(type)).toBe(name);
  expect(networkFileSystemName(type | 0)).toBe(name);
});

it.each([0xef_53, 0x01_02_19_94, 0x91_23_68_3e, 0x79_4c_76_30, 0])("takes %i for a local one", (type) => {
  expect(networkFileSystemName(type)).toBeNull();
});

it("asks the system about a folder", () => {
  expect(networkFileSystemOf("/")).toBeNull();
  if (process.platform === "linux") expect(() => networkFileSystemOf("/no/such/folder")).toThrow(/ENOENT/);
});

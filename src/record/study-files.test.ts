import { mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { filesFolder } from "./study-files.ts";

it("keeps what trials leave beside the storage, also when it is named by a link", () => {
  const folder = mkdtempSync(join(tmpdir(), "attune-files-"));
  symlinkSync("study.db", join(folder, "link.db"));
  expect(filesFolder(join(folder, "link.db"))).toBe(join(folder, "study.db.files"));
  expect(filesFolder("results/study.db")).toBe("results/study.db.files");
  rmSync(folder, { recursive: true });
});

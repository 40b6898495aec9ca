import { chmodSync, mkdirSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { openFilesNotice } from "./tune-study.ts";

it.skipIf(process.platform === "win32")("tells of a folder for files that others may look into", () => {
  const storage = join(mkdtempSync(join(tmpdir(), "attune-")), "s.db");
  expect(openFilesNotice(storage)).toBeNull();
  mkdirSync(`${storage}.files`, 0o700);
  expect(openFilesNotice(storage)).toBeNull();
  for (const mode of [0o755, 0o710, 0o702]) {
    chmodSync(`${storage}.files`, mode);
    expect(openFilesNotice(storage)).toMatch(`s.db.files is open to others (mode ${mode.toString(8)})`);
  }
});

import { existsSync, mkdtempSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, describe, expect, it, vi } from "vitest";
import temporaryFolder from "./temporary-folder.ts";

afterEach(() => vi.unstubAllEnvs());

describe("the folder of a run of the tests", () => {
  it("is where tests make theirs, and is gone with all that they left", () => {
    const outer = process.env.TMPDIR;
    vi.stubEnv("TMPDIR", outer);
    const remove = temporaryFolder();
    const inner = tmpdir();
    expect(dirname(inner)).toBe(outer);
    expect(statSync(inner).mode & 0o777).toBe(0o755);
    const left = mkdtempSync(join(tmpdir(), "attune-left-"));
    remove();
    expect(existsSync(left)).toBe(false);
    expect(existsSync(inner)).toBe(false);
    expect(tmpdir()).toBe(outer);
  });

  it("holds this very run", () => expect(process.env.TMPDIR).toMatch(/attune-t-/));
});

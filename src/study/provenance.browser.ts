import type { CommandTemplate } from "../trial/study-definition.ts";
import { ENGINE } from "./engine.ts";
import type { Provenance } from "./provenance.ts";

/** A page knows of no repository and no files. */
export async function provenance(command: CommandTemplate | null, folder = ""): Promise<Provenance> {
  return {
    startedAt: new Date().toISOString(),
    engine: ENGINE,
    node: "",
    platform: navigator.userAgent,
    workingFolder: folder,
    command,
    gitCommit: null,
    gitDirty: null,
    files: {},
  };
}

/** Always empty: nothing can be compared. */
export function changeNotices(_before: Provenance, _now: Provenance): readonly string[] {
  return [];
}

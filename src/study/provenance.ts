import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { readFile, stat } from "node:fs/promises";
import { promisify } from "node:util";
import type { ProcessIdentity } from "../trial/owner.ts";
import type { CommandTemplate } from "../trial/study-definition.ts";
import { ENGINE } from "./engine.ts";

/** How far a run is to go, and who it is. */
export interface RunNote {
  /** Trials in all; null for no end. */
  readonly trials: number | null;
  /** Tuning time in all; null for no end. */
  readonly seconds: number | null;
  readonly workers: number;
  /** Null where nobody can judge it. */
  readonly process: ProcessIdentity | null;
}

/** What made a run, for reproducing it. No environment values. */
export interface Provenance {
  readonly startedAt: string;
  readonly engine: string;
  readonly node: string;
  readonly platform: string;
  readonly workingFolder: string;
  readonly command: CommandTemplate | null;
  /** Commit of the repository around the working folder, or null outside one. */
  readonly gitCommit: string | null;
  /** True when tracked files differ from that commit. */
  readonly gitDirty: boolean | null;
  /** SHA-256 of each file named in the command. */
  readonly files: Readonly<Record<string, string>>;
  /** Left out where it was not told. */
  readonly run?: RunNote;
}

const LARGEST_FILE = 16 * 1024 * 1024;

/** Reads commit, dirty flag and the hashes of the command's files. Never fails: what cannot be read is null or left out. */
export async function provenance(command: CommandTemplate | null, folder = process.cwd()): Promise<Provenance> {
  const [status, files] = await Promise.all([gitStatus(folder), hashFiles(command)]);
  return {
    startedAt: new Date().toISOString(),
    engine: ENGINE,
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
    workingFolder: folder,
    command,
    gitCommit: status?.commit ?? null,
    gitDirty: status?.dirty ?? null,
    files,
  };
}

/** Says which of the program's files are not what they were, in sentences; none when nothing can be compared. */
export function changeNotices(before: Provenance, now: Provenance): readonly string[] {
  const files = Object.keys(now.files).filter(
    (name) => before.files[name] !== undefined && before.files[name] !== now.files[name],
  );
  if (files.length === 0) return [];
  return [`${files.join(", ")} changed since the study's last run: old and new trials may not be comparable.`];
}

async function gitStatus(folder: string): Promise<{ readonly commit: string; readonly dirty: boolean } | null> {
  const words = ["status", "--porcelain=v2", "--branch", "--untracked-files=no"];
  try {
    const { stdout } = await promisify(execFile)("git", words, { cwd: folder, timeout: 10_000 });
    const commit = /^# branch\.oid ([0-9a-f]+)$/m.exec(stdout)?.[1];
    return commit === undefined ? null : { commit, dirty: /^[^#]/m.test(stdout) };
  } catch {
    // No git, no repository: nothing to record.
    return null;
  }
}

async function hashFiles(command: CommandTemplate | null): Promise<Record<string, string>> {
  if (command === null) return {};
  const words = [
    ...("argv" in command ? command.argv : command.shell.split(/\s+/)),
    ...(command.input?.templates ?? []),
  ];
  const hashes: Record<string, string> = {};
  for (const word of words) {
    const hash = await hashFile(word);
    if (hash !== null) hashes[word] = hash;
  }
  return hashes;
}

async function hashFile(path: string): Promise<string | null> {
  try {
    const found = await stat(path);
    if (!found.isFile() || found.size > LARGEST_FILE) return null;
    return createHash("sha256")
      .update(await readFile(path))
      .digest("hex");
  } catch {
    // Most words of a command are no files.
    return null;
  }
}

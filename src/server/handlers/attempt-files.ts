import type { Dirent } from "node:fs";
import { constants, lstat, open, readdir } from "node:fs/promises";
import { join, sep } from "node:path";
import { AttuneError } from "../../errors.ts";
import { checkpointFolder } from "../../record/study-files.ts";
import type { PagedStudy } from "../../study/paged-study.ts";
import type { Trial } from "../../trial/trial.ts";
import type { OperationOutput, OperationParsed } from "../operations/index.ts";
import { noAttempt } from "./attempt-log.ts";

/** Files of an attempt that are told, and folders within folders that are looked into. */
const MOST_FILES = 1_000;
const DEEPEST = 16;

type Files = OperationOutput<"files">["files"];

/** The files that an attempt left in its checkpoint folder: plain ones, none that a link leads to. */
export async function listAttemptFiles(
  study: PagedStudy,
  trial: Trial,
  attempt: number,
): Promise<OperationOutput<"files">> {
  const folder = folderOf(study, trial, attempt);
  const files: Files[number][] = [];
  const more = (await isFolder(folder)) && (await collect(folder, "", 0, files));
  return { files, more };
}

/** A stretch of one of these. AttuneError `invalid-argument` for a path that leads elsewhere, or to none. */
export async function readAttemptFile(
  study: PagedStudy,
  trial: Trial,
  { attempt, path, from, bytes }: OperationParsed<"file">,
): Promise<OperationOutput<"file">> {
  const folder = folderOf(study, trial, attempt);
  const words = path.split("/");
  if (words.some((word) => word === "" || word === "." || word === ".." || word.includes("\0") || word.includes(sep)))
    throw noFile(path, trial, attempt);
  const place = join(folder, ...words);
  const file = await opened(place);
  if (file === null) throw noFile(path, trial, attempt);
  try {
    const found = await file.stat();
    const named = await lstat(place).catch(() => null);
    // What was opened is what stands there, and no folder on the way is a link, by which a program would lead out of its own.
    if (
      !found.isFile() ||
      named === null ||
      named.ino !== found.ino ||
      named.dev !== found.dev ||
      !(await stay(folder, words))
    )
      throw noFile(path, trial, attempt);
    const start = Math.min(from, found.size);
    const data = Buffer.alloc(Math.min(bytes, found.size - start));
    const { bytesRead } = await file.read(data, 0, data.length, start);
    return { data: data.subarray(0, bytesRead).toString("base64"), from: start, size: found.size };
  } finally {
    await file.close();
  }
}

function folderOf({ location, id }: PagedStudy, trial: Trial, attempt: number): string {
  const attempts = trial.segments.flatMap((segment) => segment.attempts);
  if (attempt >= attempts.length) throw noAttempt(trial, attempt, attempts);
  return checkpointFolder(location, id, trial.number, attempt);
}

async function isFolder(path: string): Promise<boolean> {
  const found = await lstat(path).catch(() => null);
  return found?.isDirectory() === true;
}

/** Whether all folders on the way are still folders. */
async function stay(folder: string, words: readonly string[]): Promise<boolean> {
  for (let count = 0; count < words.length; count++)
    if (!(await isFolder(join(folder, ...words.slice(0, count))))) return false;
  return true;
}

async function opened(path: string) {
  const { O_RDONLY, O_NOFOLLOW = 0, O_NONBLOCK = 0, O_NOCTTY = 0 } = constants;
  try {
    const found = await lstat(path);
    return found.isFile() ? await open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY) : null;
  } catch (error) {
    if (error instanceof Error && "code" in error) return null;
    throw error;
  }
}

/** True where there are more than may be told. */
async function collect(folder: string, prefix: string, depth: number, files: Files[number][]): Promise<boolean> {
  const entries: readonly Dirent[] = await readdir(folder, { withFileTypes: true }).catch(() => []);
  for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    if (files.length >= MOST_FILES) return true;
    const path = `${prefix}${entry.name}`;
    if (entry.isDirectory()) {
      if (depth >= DEEPEST || (await collect(join(folder, entry.name), `${path}/`, depth + 1, files))) return true;
    } else if (entry.isFile()) {
      const found = await lstat(join(folder, entry.name)).catch(() => null);
      if (found !== null) files.push({ path, bytes: found.size });
    }
  }
  return false;
}

function noFile(path: string, { number }: Trial, attempt: number): AttuneError {
  const message = `Attempt ${attempt} of trial ${number} left no file ${JSON.stringify(path)}; files lists what there is.`;
  return new AttuneError("unknown-file", message);
}

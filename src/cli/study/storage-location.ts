import { statSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { AttuneError } from "../../errors.ts";
import { quoteWord } from "../../protocol/shell-quote.ts";
import { linkedFile } from "../../storage/sqlite/linked-file.ts";

/** Where studies are kept unless it is said. */
const DEFAULT_STORAGE = "attune.db";

/** Where studies are kept: what was given, else ATTUNE_STORAGE, else `attune.db` in the working folder. */
export function storageLocation(given: string | undefined, environment: NodeJS.ProcessEnv): string {
  const fromEnvironment = environment.ATTUNE_STORAGE;
  return given ?? (fromEnvironment === undefined || fromEnvironment === "" ? DEFAULT_STORAGE : fromEnvironment);
}

/** The file of a storage that is one (`attune.db`, `sqlite:attune.db`), null for a server or memory. */
export function storageFile(location: string): string | null {
  if (location === ":memory:") return null;
  const [, scheme, file] = /^([a-z][a-z0-9+.-]+):(?:\/\/)?(.*)$/is.exec(location) ?? [];
  if (scheme === undefined || file === undefined) return location;
  return scheme.toLowerCase() === "sqlite" ? file : null;
}

/**
 * Refuses to look into a storage that is not there, so that a typing mistake does not make an empty file.
 *
 * @throws AttuneError `unknown-study`.
 */
export function requireStorage(location: string): void {
  const file = storageFile(location);
  if (file === null) return;
  const found = statSync(file, { throwIfNoEntry: false });
  if (found !== undefined && (found.size > 0 || !found.isFile())) return;
  if (found !== undefined)
    throw new AttuneError(
      "unknown-study",
      `The storage ${resolve(file)} is empty. If it was copied or moved: what is newest in a storage lies in the file ${basename(file)}-wal ` +
        "beside it while it is in use, and after a kill. Bring both, or copy it with attune storage copy.",
    );
  throw new AttuneError(
    "unknown-study",
    `There is no storage ${resolve(file)}. Begin a study with attune run, go to its folder, or name its storage with --storage FILE.`,
  );
}

/** The option that names a storage, with a blank before it, for a command line to paste; empty for the one that is meant without. */
export function storageWords(location: string): string {
  return location === DEFAULT_STORAGE ? "" : ` --storage ${quoteWord(location)}`;
}

/** The folder beside a storage (not beside a link to it) that holds what trials leave: `attune.db.files`; `attune.files` for a URL. */
export function filesFolder(location: string): string {
  const file = storageFile(location);
  return `${file === null ? "attune" : linkedFile(file)}.files`;
}

/** The folder of one trial. `study` is the storage's id of the study, so that a name used again starts afresh. */
export function trialFolder(location: string, study: string, trial: number): string {
  return join(filesFolder(location), encodeURIComponent(study), `trial-${trial}`);
}

/** The folder of one run on held-out data. */
export function heldOutFolder(location: string, study: string, run: number): string {
  return join(filesFolder(location), encodeURIComponent(study), `held-out-${run}`);
}

/** The log of a run on held-out data. */
export function heldOutLog(location: string, study: string, run: number): string {
  return join(heldOutFolder(location, study, run), "output.log");
}

/** The log of one attempt: everything the program printed. */
export function logFile(location: string, study: string, trial: number, attempt: number): string {
  return join(trialFolder(location, study, trial), `attempt-${attempt}.log`);
}

/** Where the files written for an attempt are: its parameter file, its filled templates. */
export function inputFolder(location: string, study: string, trial: number, attempt: number): string {
  return join(trialFolder(location, study, trial), `attempt-${attempt}.input`);
}

/** Where an attempt may leave a checkpoint. */
export function checkpointFolder(location: string, study: string, trial: number, attempt: number): string {
  return join(trialFolder(location, study, trial), `attempt-${attempt}.checkpoint`);
}

/** The file that an attempt may append its reports to. */
export function reportFile(location: string, study: string, trial: number, attempt: number): string {
  return join(trialFolder(location, study, trial), `attempt-${attempt}.reports`);
}

/** The file that appears when an attempt should end. */
export function stopFile(location: string, study: string, trial: number, attempt: number): string {
  return join(trialFolder(location, study, trial), `attempt-${attempt}.stop`);
}

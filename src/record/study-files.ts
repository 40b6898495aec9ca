import { join } from "node:path";
import { linkedFile } from "../storage/sqlite/linked-file.ts";

/** The file of a storage that is one (`attune.db`, `sqlite:attune.db`), null for a server or memory. */
export function storageFile(location: string): string | null {
  if (location === ":memory:") return null;
  const [, scheme, file] = /^([a-z][a-z0-9+.-]+):(?:\/\/)?(.*)$/is.exec(location) ?? [];
  if (scheme === undefined || file === undefined) return location;
  return scheme.toLowerCase() === "sqlite" ? file : null;
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

/** The file that keeps who may use a server of the storage; null for one that is no file. */
export function tokensFile(location: string): string | null {
  const file = storageFile(location);
  return file === null ? null : `${linkedFile(file)}.tokens`;
}

import { LogFile } from "../../executor/command/log-file.ts";
import type { Job } from "../../executor/executor.ts";
import { logFile, storageFile } from "../../record/study-files.ts";
import type { Study } from "../../study/index.ts";

/** Writes what is to be an attempt's log; nothing where the storage is memory, which keeps no files. */
export async function keepAttemptLog(study: Study, { trial, attempt }: Job, text: string): Promise<void> {
  if (text === "" || storageFile(study.location) === null) return;
  const file = new LogFile(logFile(study.location, study.id, trial, attempt), null, () => undefined);
  file.goOn();
  file.write(Buffer.from(text));
  await file.close();
}

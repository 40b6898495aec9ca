import { AttuneError } from "../../errors.ts";
import { learnStudySecrets } from "../../record/secrets.ts";
import { openStorageToLook } from "../../storage/registry.ts";
import type { Storage } from "../../storage/storage.ts";
import type { Study } from "../../study/index.ts";
import { openToLook } from "../../study/open-to-look.ts";
import { PagedStudy } from "../../study/paged-study.ts";
import type { StudyReader } from "../../study/study-reader.ts";
import type { CliContext } from "../context.ts";
import { requireStorage, storageLocation } from "./storage-location.ts";

/** Which study a command is about, as given: by option, as the last word, or not at all. */
export interface StudyTarget {
  readonly study?: string | undefined;
  readonly storage?: string | undefined;
}

/** The options of commands that look into one study. */
export interface StudyTargetOptions extends StudyTarget {
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/**
 * Opens the study that is meant, hands it to `use` and closes it. Without a name the storage's only study is meant; a study
 * file (`study.yaml`) stands for the study and storage it names.
 *
 * @throws AttuneError `unknown-study`, `invalid-argument` when several studies could be meant, `storage-*`.
 */
export async function withStudy<T>(
  context: CliContext,
  word: string | undefined,
  options: StudyTarget,
  use: (study: Study) => Promise<T>,
): Promise<T> {
  const { target, location } = await found(context, word, options);
  // The storage's thread starts while the study's code is read.
  const opening = import("../../storage/registry.ts").then(({ openStorage }) => openStorage(location));
  const [storage, { openStudy }] = await Promise.all([opening, import("../../study/index.ts")]);
  return await using(storage, target, async (name) => await openStudy({ name, storage }), use);
}

/** The same for a command that only looks: without the storage's thread, and without the code that suggests and runs. */
export async function lookAtStudy<T>(
  context: CliContext,
  word: string | undefined,
  options: StudyTarget,
  use: (study: StudyReader) => Promise<T>,
): Promise<T> {
  const { target, location } = await found(context, word, options);
  const storage = await openStorageToLook(location);
  return await using(storage, target, async (name) => await openToLook(storage, name), use);
}

/** The same for a command that looks at some trials: none but those that it asks for are read. */
export async function lookAtPages<T>(
  context: CliContext,
  word: string | undefined,
  options: StudyTarget,
  use: (study: PagedStudy) => Promise<T>,
): Promise<T> {
  const { target, location } = await found(context, word, options);
  const storage = await openStorageToLook(location);
  return await using(storage, target, async (name) => await PagedStudy.open(storage, name), use);
}

async function found(context: CliContext, word: string | undefined, options: StudyTarget) {
  const target = await resolveTarget(word, options);
  const location = storageLocation(target.storage, context.environment);
  requireStorage(location);
  return { target, location };
}

async function using<S extends Pick<StudyReader, "settings" | "heldOut">, T>(
  storage: Storage,
  target: StudyTarget,
  open: (name: string) => Promise<S>,
  use: (study: S) => Promise<T>,
): Promise<T> {
  try {
    const study = await open(target.study ?? (await onlyStudy(storage)));
    learnStudySecrets(study);
    return await use(study);
  } finally {
    await storage.close();
  }
}

async function resolveTarget(word: string | undefined, options: StudyTarget): Promise<StudyTarget> {
  if (word !== undefined && options.study !== undefined && word !== options.study) {
    const message = `Two studies are named, "${options.study}" by --study and "${word}"; give one.`;
    throw new AttuneError("invalid-argument", message);
  }
  const name = options.study ?? word;
  if (name === undefined || !isStudyFileName(name)) return { study: name, storage: options.storage };
  const { readStudyFile } = await import("./read-study-file.ts");
  const file = await readStudyFile(name);
  return { study: file.study, storage: options.storage ?? file.storage };
}

interface StudyList {
  readonly location: string;
  listStudies(): Promise<readonly { readonly name: string }[]>;
}

async function onlyStudy(storage: StudyList): Promise<string> {
  const names = (await storage.listStudies()).map(({ name }) => name);
  if (names.length === 1 && names[0] !== undefined) return names[0];
  if (names.length === 0) {
    throw new AttuneError("unknown-study", `${storage.location} holds no study yet. Begin one with attune run.`);
  }
  const message = `${storage.location} holds ${names.length} studies: ${names.join(", ")}. Say which one, as the last word or by --study NAME.`;
  throw new AttuneError("invalid-argument", message);
}

/** True when a word of the command line names a study file by its ending. */
export function isStudyFileName(word: string): boolean {
  return /\.(ya?ml|json)$/i.test(word);
}

import type { Storage } from "../storage/storage.ts";
import { findStudy } from "./find-study.ts";
import { KnownStudy, loadStudy } from "./known-study.ts";
import { StudyReader } from "./study-reader.ts";

/**
 * Reads a study that exists, for who only looks: nothing that suggests or runs is loaded for it.
 *
 * @throws AttuneError `unknown-study` naming the nearest there is, `storage-*`.
 */
export async function openToLook(storage: Storage, name: string): Promise<StudyReader> {
  const { id } = await findStudy(storage, name);
  const { state, events, shared } = await loadStudy(storage, id, true);
  const known = new KnownStudy(state, shared);
  known.apply(events);
  return new StudyReader(known, id, storage.location);
}

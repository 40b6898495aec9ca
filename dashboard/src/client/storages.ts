/** A storage of the server. */
export interface StorageMount {
  readonly name: string;
  readonly location: string;
}

let mounts: readonly StorageMount[] = [];

/** Says which storages the server has; before the first view. */
export function knowStorages(storages: readonly StorageMount[]): void {
  mounts = storages;
}

/** The storages side by side; empty where there is one, of which nothing needs to be said. */
export function severalStorages(): readonly StorageMount[] {
  return mounts.length > 1 ? mounts : [];
}

/** What a study is called in addresses and questions: its name, with that of its storage where there are several: `@lab/digits`. */
export function studyRef(storage: string | null, study: string): string {
  return storage === null ? study : `@${storage}/${study}`;
}

/** The two parts of that. A storage's name holds no slash; what is of none that is there is about the first. */
export function partsOfRef(ref: string): { readonly storage: string | null; readonly study: string } {
  const [, storage, study] = /^@([^/]+)\/([\s\S]+)$/.exec(ref) ?? [];
  if (storage === undefined || study === undefined || !severalStorages().some(({ name }) => name === storage))
    return { storage: severalStorages()[0]?.name ?? null, study: ref };
  return { storage, study };
}

/** A study's name as people say it; with its storage where there are several. */
export function studyWords(ref: string): string {
  const { storage, study } = partsOfRef(ref);
  return storage === null ? study : `${study} (${storage})`;
}

import { named } from "./call.ts";
import { knowStorages, type StorageMount } from "./storages.ts";

/** Asks the server which storages it has. */
export async function learnStorages(): Promise<void> {
  const answer = await fetch("v1/storages", { headers: named() }).catch(() => null);
  if (answer?.ok) knowStorages(((await answer.json()) as { readonly storages: readonly StorageMount[] }).storages);
}

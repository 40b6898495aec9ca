import type { RequestListener } from "node:http";
import { openStorageToServe } from "../../storage/registry.ts";
import { StudyService } from "../study-service.ts";
import { type AppSetup, createApp } from "./app.ts";
import { MOUNTED, type Mount, mountNames, mountOf } from "./mounts.ts";
import { pathBehind, targetOf } from "./target-of.ts";

interface Served extends Mount {
  readonly service: StudyService;
}

/** What an app needs besides its storage. */
type SharedSetup = Omit<AppSetup, "service" | "storage" | "mountPath" | "mounts">;

/** The storages of a server, side by side: no study of one knows of another. */
export class ServedStorages {
  readonly #served: readonly Served[];

  private constructor(served: readonly Served[]) {
    this.#served = served;
  }

  /** @throws what opening one of them throws, with the others closed again. */
  static async open(locations: readonly string[]): Promise<ServedStorages> {
    const names = mountNames(locations);
    const served: Served[] = [];
    const all = new ServedStorages(served);
    try {
      for (const [place, location] of locations.entries()) {
        const storage = await openStorageToServe(location);
        served.push({ name: names[place]!, storage, service: new StudyService(storage) });
      }
    } catch (error) {
      await all.close();
      throw error;
    }
    return all;
  }

  /** Answers requests: those of `/storages/NAME` by the storage of that name, all others by the first one. */
  answers(shared: SharedSetup): RequestListener {
    const mounts = this.#served;
    const appOf = ({ storage, service }: Served, mountPath: string, own: readonly Mount[]) =>
      createApp({ ...shared, storage, service, mountPath, mounts: own });
    const first = appOf(mounts[0]!, "", mounts);
    if (mounts.length === 1) return first;
    const others = new Map(mounts.map((one) => [one.name, appOf(one, `${MOUNTED}${one.name}`, [one])] as const));
    return (incoming, outgoing) => {
      const name = mountOf(pathBehind(shared.basePath, targetOf(incoming.url ?? "").path));
      const answer = name === null ? first : (others.get(name) ?? first);
      answer(incoming, outgoing);
    };
  }

  /** Closes what is open, the storages too. */
  async close(): Promise<void> {
    for (const { service } of this.#served) await service.close();
    for (const { storage } of this.#served) await storage.close();
  }
}

import { AttuneError } from "../../../errors.ts";
import { MemoryStorage, MemoryStore } from "../../../storage/memory/memory-storage.ts";
import type { Storage } from "../../../storage/storage.ts";
import type { Study } from "../../../study/index.ts";
import type { LoggedEvent, StudyEvent } from "../../../trial/event.ts";
import { evolve } from "../../../trial/evolve/evolve.ts";
import { StudyState } from "../../../trial/study-state.ts";
import type { RunSettings } from "../../settings/table.ts";
import { openSettings } from "../../study/open-settings.ts";
import { type CommandSource, commandOfTrial } from "../../study/winning-command.ts";

/** What a run would do first. */
interface Rehearsal {
  readonly study: Study;
  /** Command lines, ready to paste. */
  readonly commands: readonly string[];
}

/**
 * The next `count` commands that a run with these settings would start, worked out on a copy in memory: nothing is created,
 * changed or run. `storage` is null when there is none yet; `location` is where it is or will be.
 */
export async function rehearse(
  settings: RunSettings,
  storage: Storage | null,
  count: number,
  location: string,
): Promise<Rehearsal> {
  const store = new MemoryStore();
  const name = settings.study;
  if (storage !== null) {
    for (const found of await storage.listStudies()) {
      if (name === undefined || found.name === name) store.studies.push(await copyOf(storage, found.id, store));
    }
  }
  const study = await openSettings(settings, new MemoryStorage(store));
  const commands: string[] = [];
  while (commands.length < count) {
    const number = await nextTrial(study);
    const command = number === null ? null : commandOfTrial(placedAt(study, location), number);
    if (command === null) break;
    commands.push(command);
  }
  return { study, commands };
}

/** The study as its commands will be, with the files of its trials beside the storage they will be in. */
function placedAt(study: Study, location: string): CommandSource {
  return {
    id: study.id,
    location,
    settings: study.settings,
    space: study.space,
    seed: study.seed,
    trial: (number) => study.trial(number),
    programParams: (number) => study.programParams(number),
  };
}

/** Null when a sampler has nothing left. */
async function nextTrial(study: Study): Promise<number | null> {
  try {
    return (await study.ask({ detached: true })).number;
  } catch (error) {
    if (error instanceof AttuneError && error.code === "exhausted") return null;
    throw error;
  }
}

async function copyOf(storage: Storage, id: string, store: MemoryStore): Promise<MemoryStore["studies"][number]> {
  const log: LoggedEvent[] = [...(await storage.read(id, 0))];
  const state = new StudyState();
  for (const logged of log) evolve(state, logged);
  // Somebody may be proposing right now; the copy does not wait for it.
  const { revision } = state;
  if (state.reservation !== null) {
    const event: StudyEvent = { type: "reservation-released" };
    const released = { revision: revision + 1, at: log.at(-1)?.at ?? 0, event };
    log.push(released);
    evolve(state, released);
  }
  const copy = {
    id: String(store.studies.length + 1),
    createdAt: 0,
    log,
    state,
    leases: new Map(),
    ledger: null,
    watchers: new Set<() => void>(),
  };
  return copy;
}

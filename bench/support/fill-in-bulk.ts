import { createSampler } from "../../src/sampler/registry.ts";
import { spaceFromJson } from "../../src/space/index.ts";
import type { Params } from "../../src/space/json.ts";
import { openDatabase } from "../../src/storage/sqlite/open-database.ts";
import { parseEvent } from "../../src/storage/sqlite/parse-event.ts";
import { Retry } from "../../src/storage/sqlite/retry.ts";
import { SqliteEngine } from "../../src/storage/sqlite/sqlite-engine.ts";
import type { StudyId } from "../../src/storage/storage.ts";
import { leasedOwner } from "../../src/study/new-owner.ts";
import { suggestTrials } from "../../src/study/suggest.ts";
import type { ProposedTrial, StudyCommand } from "../../src/trial/command.ts";
import { evolve } from "../../src/trial/evolve/evolve.ts";
import { History } from "../../src/trial/history.ts";
import { StudyState } from "../../src/trial/study-state.ts";

/** Trials under way at once, and those of a transaction. */
const FLIGHT = 64;
const AT_ONCE = 1_024;

const END = { outcome: "ok", message: null, exitCode: null, signal: null, checkpoint: null, seconds: 0 } as const;

/**
 * Gives a study without trials, of a sampler that does not look at the history, `count` that were asked for and told: by the commands that
 * these send and by the storage's own code that carries them out, in this thread, many in a transaction, and without waiting for the disk.
 */
export async function fillInBulk(
  file: string,
  name: string,
  count: number,
  loss: (params: Params) => number,
): Promise<void> {
  const database = await openDatabase(file, { synchronous: "normal" }, new Retry(file));
  database.exec("PRAGMA synchronous = OFF");
  const engine = new SqliteEngine(database, file);
  const { id } = engine.findStudy(name)!;
  const suggest = suggester(engine.read(id, 0, 1)[0]!.body);
  const write = <T>(work: () => T): T => {
    database.exec("BEGIN IMMEDIATE");
    const made = work();
    database.exec("COMMIT");
    return made;
  };
  for (let first = 0; first < count; first += AT_ONCE) {
    const end = Math.min(first + AT_ONCE, count);
    write(() => {
      for (let number = first; number < end; number += FLIGHT)
        askAndTell(engine, id, { from: number, to: Math.min(number + FLIGHT, end), suggest, loss });
    });
    keepUp(engine, write, false);
  }
  keepUp(engine, write, true);
  database.close();
}

interface Flight {
  readonly from: number;
  readonly to: number;
  readonly suggest: (number: number, view: number) => ProposedTrial;
  readonly loss: (params: Params) => number;
}

function askAndTell(engine: SqliteEngine, study: StudyId, { from, to, suggest, loss }: Flight): void {
  // A study's first event, and three of each trial: nobody asks for those that are known.
  let known = 1 + 3 * from;
  const view = known;
  const execute = (command: StudyCommand): void => {
    known += engine.execute(study, command, known, Date.now()).rows.length;
  };
  const tells: StudyCommand[] = [];
  for (let number = from; number < to; number++) {
    const owner = leasedOwner("ask");
    const candidate = suggest(number, view);
    execute({ type: "claim", owner, limit: null, until: null, candidate });
    const values = { loss: loss(candidate.params) };
    tells.push({ type: "finish", trial: number, token: owner.token, state: "complete", values, end: END });
  }
  for (const tell of tells) execute(tell);
}

/** What the storage's thread does between transactions. */
function keepUp(engine: SqliteEngine, write: <T>(work: () => T) => T, closing: boolean): void {
  for (const id of engine.worthSnapshot(closing)) {
    let whole = false;
    while (!whole) whole = write(() => engine.snapshotStep(id));
  }
  for (let ids = engine.worthPacking(); ids.length > 0; ids = engine.worthPacking())
    for (const id of ids) write(() => engine.packStep(id));
}

/** What the study's sampler suggests for a number. */
function suggester(firstEvent: string): Flight["suggest"] {
  const state = new StudyState();
  evolve(state, { revision: 1, at: 0, event: parseEvent(firstEvent) });
  const space = spaceFromJson(state.space);
  const { spaceVersion, settingsVersion, settings } = state;
  const sampler = createSampler(settings.sampler, space, { spaceVersion, settingsVersion });
  const nothing = new History([]).view(0);
  return (number, view) =>
    suggestTrials(sampler, nothing, state, space, space, { number, index: number, view }, 1, {})[0]!;
}

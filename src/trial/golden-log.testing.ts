import { keyedStreams } from "../numeric/random/keyed-streams.ts";
import { choice, defineSpace, float, int, spaceToJson } from "../space/index.ts";
import { encodeNumber } from "./encoded-number.ts";
import type { LoggedEvent } from "./event.ts";
import { evolve } from "./evolve/evolve.ts";
import { History } from "./history.ts";
import { ALL_COMMANDS } from "./random-command.testing.ts";
import { Simulation } from "./simulate.testing.ts";
import { StudyState } from "./study-state.ts";

/** A log as it was written once, and what it meant: `tests/golden/record-log.ts` writes it. */
export const GOLDEN_LOG = new URL("../../tests/fixtures/logs/log-1.json", import.meta.url);
const EVENTS = 320;
/** Revisions between two looks at the history. */
const EVERY = 40;

const SPACES = [
  spaceToJson(defineSpace({ x: float(0, 1) })),
  spaceToJson(defineSpace({ x: float(0, 2), y: int(0, 1_000), z: choice(["a", "b"]) })),
];

/** Events of every kind there is, as today's commands make them. */
export function randomLog(): readonly LoggedEvent[] {
  const simulation = new Simulation({ spaces: SPACES, limit: null });
  const stream = keyedStreams(1, "log").stream("commands");
  while (simulation.log.length < EVENTS) {
    const type = ALL_COMMANDS[stream.int(ALL_COMMANDS.length)]!;
    simulation.step({ type, a: stream.int(1_001), b: stream.int(1_001), wrong: stream.int(10) === 0 });
  }
  return simulation.log;
}

/** What a log says of the study after every event, of the history now and then, and of all trials in the end. */
export function meaningOf(log: readonly LoggedEvent[]): unknown {
  const state = new StudyState();
  const history = new History(["loss"], state);
  const standings: unknown[] = [];
  for (const logged of log) {
    evolve(state, logged);
    history.apply(logged);
    const { waiting, running, paused, trialsSpent, reserved } = state.budget;
    standings.push([waiting, running, paused, trialsSpent, reserved, state.nextWaiting() ?? null, state.proposalIndex]);
  }
  const views: unknown[] = [];
  for (let revision = EVERY; revision <= log.length; revision += EVERY) views.push(viewOf(history, revision));
  const { attributes, systemAttributes, heldOut } = state;
  const meaning = { standings, views, attributes, systemAttributes, heldOut, trials: state.trials() };
  return JSON.parse(JSON.stringify(meaning));
}

function viewOf(history: History, revision: number): unknown {
  const { columns, rows, pending, ...view } = history.view(revision);
  const at = (column: ArrayLike<number>): unknown => Array.from(rows, (row) => encodeNumber(column[row]!));
  const { trial, configuration, segment, state, outcome, step, values, params } = columns;
  const named = (all: Readonly<Record<string, Float64Array>>): unknown =>
    Object.fromEntries(Object.entries(all).map(([name, column]) => [name, at(column)]));
  return {
    ...{ revision, rows: [...rows], pending: pending.map(({ number }) => number), paused: view.paused },
    columns: [trial, configuration, segment, state, outcome, step, columns.revision].map(at),
    ...{ values: named(values), params: named(params) },
    changes: changesOf(history, revision),
  };
}

/** Since the look before. */
function changesOf(history: History, revision: number): unknown {
  const { added, changed, hidden, restored, respaced, pending, started, reported } = history
    .view(revision)
    .since(history.view(revision - EVERY))!;
  return { added: [...added], changed, hidden, restored, respaced, pending, started, reported };
}

import { type AttemptContext, attemptProblems, type Deeds, ownersOf } from "./check-attempt.ts";
import { attemptKey, type Entry, readJournal } from "./journal.ts";
import { type Problem, problem } from "./problem.ts";
import type { Stage } from "./stage.ts";
import { readStudyRows, type TrialRow } from "./study-rows.ts";
import type { Tuner } from "./tuner.ts";

/** Everything that must hold once all tuners have ended and the study has `wanted` trials. Nothing of the tuner's code takes part in it. */
export function checkStudy(stage: Stage, wanted: number, deeds: Deeds): readonly Problem[] {
  const rows = readStudyRows(stage.storage);
  const journal = readJournal(stage.journal);
  const context: AttemptContext = { deeds, journal: Map.groupBy(journal, attemptKey), owners: ownersOf(stage.tuners) };
  const trials = [...rows.trials.values()];
  return [
    ...rows.problems.map((text) => problem("wrong", text)),
    ...countProblems(trials, wanted),
    ...trials.flatMap((trial) => [
      ...trialProblems(trial),
      ...[...new Set(trial.attempts)].flatMap((attempt) => [...attemptProblems(trial, attempt, context)]),
    ]),
    ...contradictions(stage),
  ];
}

/** What programs and tuners have said and the log does not have: it comes first, so that this holds at any moment, whatever still runs. */
export function contradictions(stage: Stage): readonly Problem[] {
  const { trials } = readStudyRows(stage.storage);
  return [...runProblems(trials, readJournal(stage.journal)), ...saidProblems(trials, stage.tuners)];
}

function* countProblems(trials: readonly TrialRow[], wanted: number): Iterable<Problem> {
  const finished = trials.filter(({ state, attempts }) => state !== null || attempts.at(-1)?.end === "paused").length;
  if (finished !== wanted)
    yield problem(
      finished < wanted ? "lost" : "budget",
      `${finished} trials have finished or are paused, ${wanted} were wanted`,
    );
  if (trials.length !== wanted) yield problem("budget", `${trials.length} trials in all, ${wanted} were wanted`);
  const numbers = trials.map(({ number }) => number).sort((a, b) => a - b);
  const gap = numbers.findIndex((number, place) => number !== place);
  if (gap >= 0) yield problem("lost", `number ${numbers[gap]} in place ${gap}`);
}

/** What ran, by the programs' own word: each attempt once, none beside an earlier one, and none that the log does not have. */
function* runProblems(trials: ReadonlyMap<number, TrialRow>, journal: readonly Entry[]): Iterable<Problem> {
  const begun = new Set<string>();
  for (const entry of journal) {
    const key = attemptKey(entry);
    const row = trials.get(entry.trial);
    if (entry.what === "beside" && !stoodStill(row, entry, journal))
      yield problem("doubled", `attempt ${key} began while process ${entry.rest} of an earlier one ran`);
    if (entry.what !== "begin") continue;
    if (begun.has(key)) yield problem("doubled", `attempt ${key} ran twice`);
    begun.add(key);
    if (row?.attempts[entry.attempt] === undefined)
      yield problem("lost", `attempt ${key} ran and the log does not have it`);
    if (row !== undefined && Number(entry.rest) !== row.x)
      yield problem("wrong", `attempt ${key} got ${entry.rest}, the log has ${row.x}`);
  }
}

/** Whether the process that an attempt began beside was frozen and given up before: it stands still until its tuner ends it, and never goes on. */
function stoodStill(row: TrialRow | undefined, { trial, rest }: Entry, journal: readonly Entry[]): boolean {
  const own = journal.filter((entry) => entry.trial === trial && entry.pid === Number(rest));
  const begun = own.find(({ what }) => what === "begin");
  const attempt = begun === undefined ? undefined : row?.attempts[begun.attempt];
  return attempt?.givenUp === true && own.every(({ what }) => what !== "end");
}

function* trialProblems({ number, proposals, finishes, attempts }: TrialRow): Iterable<Problem> {
  if (proposals > 1) yield problem("doubled", `trial ${number} was proposed ${proposals} times`);
  if (finishes > 1) yield problem("doubled", `trial ${number} finished ${finishes} times`);
  if (attempts.some(({ end }) => end === null)) yield problem("lost", `trial ${number} still runs by the log`);
}

/** A trial whose end was printed is in the log: whoever read it has relied on that. */
function* saidProblems(trials: ReadonlyMap<number, TrialRow>, tuners: readonly Tuner[]): Iterable<Problem> {
  for (const { place, output } of tuners)
    for (const [line, number] of output.matchAll(/^trial +(\d+) {2}(?:loss|failed) .*$/gm)) {
      if (trials.get(Number(number))?.state == null)
        yield problem("lost", `tuner ${place} said "${line}", and the log has no end of that trial`);
    }
}

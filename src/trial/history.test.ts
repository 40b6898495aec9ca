import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { choice, defineSpace, float, int, spaceFromJson, spaceToJson } from "../space/index.ts";
import type { JsonValue } from "../space/json.ts";
import { ended as endOf, leased, StudyAtWork } from "./decide/study-at-work.testing.ts";
import { encodeNumber } from "./encoded-number.ts";
import { throughSnapshot } from "./evolve/through-snapshot.testing.ts";
import { History } from "./history.ts";
import { type HistoryDelta, type HistoryView, STATE_CODES } from "./history-view.ts";
import { ALL_COMMANDS, draws } from "./random-command.testing.ts";
import { Simulation } from "./simulate.testing.ts";

const NARROW = spaceToJson(defineSpace({ x: float(0, 1) }));
const WIDE = spaceToJson(defineSpace({ x: float(0, 2), y: int(0, 1000), z: choice(["a", "b"]) }));
const DECLARED = defineSpace({ x: float(0, 2), y: int(0, 1000), z: choice(["a", "b"]) });
/** More than a simulation makes. */
const MOST_TRIALS = 150;
const WORLD = { spaces: [NARROW, WIDE], limit: null };
const UNSPACED = { spaces: [WIDE], limit: null };

/** All that a view says, as plain JSON. */
function contents(view: HistoryView): unknown {
  const { columns, rows, revision, pending, paused } = view;
  const at = (column: ArrayLike<number>): readonly unknown[] =>
    Array.from(rows, (row) => encodeNumber(column[row] ?? -99));
  const named = (all: Readonly<Record<string, Float64Array>>): object =>
    Object.fromEntries(Object.entries(all).map(([name, column]) => [name, at(column)]));
  const { trial, configuration, replicate, seed, fold, segment, state, outcome, step } = columns;
  const trials: unknown[] = [];
  for (let n = 0; n < MOST_TRIALS; n++) trials.push(view.trial(n));
  return {
    revision,
    pending,
    paused,
    plain: [trial, configuration, replicate, seed, fold, segment, state, outcome, step, columns.revision].map(at),
    values: named(columns.values),
    params: named(columns.params),
    within: [...view.withinSpace().rows],
    trials,
  };
}

function fed(simulation: Simulation, upTo: number): History {
  const history = new History(["loss"]);
  for (const logged of simulation.log.slice(0, upTo)) history.apply(logged);
  return history;
}

function simulated(sequence: Parameters<Simulation["step"]>[0][], world = UNSPACED): Simulation {
  const simulation = new Simulation(world);
  for (const draw of sequence) simulation.step(draw);
  return simulation;
}

describe("the columns of a history", () => {
  it("tell of each replicate its place, seed and fold, and of other trials none", () => {
    fc.assert(
      fc.property(draws(ALL_COMMANDS, 70), (sequence) => {
        const simulation = simulated([...sequence], WORLD);
        const { columns, rows } = fed(simulation, simulation.log.length).view();
        for (const row of rows) {
          const { replicate } = simulation.state.trial(columns.trial[row]!)!;
          const [index, seed, fold] = [columns.replicate[row], columns.seed[row], columns.fold[row]];
          expect([index, seed, fold]).toEqual([
            replicate?.index ?? -1,
            replicate?.seed ?? Number.NaN,
            replicate?.fold ?? Number.NaN,
          ]);
        }
      }),
      { numRuns: 100 },
    );
  });

  it("are the same for metrics added later as for those known from the start", () => {
    fc.assert(
      fc.property(draws(ALL_COMMANDS, 70), fc.nat(70), (sequence, cut) => {
        const { log } = simulated([...sequence], WORLD);
        const [whole, later] = [new History(["loss", "none"]), new History(["none"])];
        for (const [place, logged] of log.entries()) {
          if (place === cut) later.addMetrics(["loss", "none"]);
          for (const history of [whole, later]) history.apply(logged);
        }
        later.addMetrics(["loss"]);
        const valuesOf = ({ columns, rows }: HistoryView, name: string) =>
          Array.from(rows, (row) => encodeNumber(columns.values[name]![row]!));
        for (const { revision } of log)
          for (const name of ["loss", "none"])
            expect(valuesOf(later.view(revision), name)).toEqual(valuesOf(whole.view(revision), name));
      }),
      { numRuns: 100 },
    );
  });
});

describe("a history as of an earlier revision", () => {
  it("is the one that a history had which knew no more, after any events", () => {
    fc.assert(
      fc.property(draws(ALL_COMMANDS, 70), fc.boolean(), (sequence, edited) => {
        const simulation = simulated([...sequence], edited ? WORLD : UNSPACED);
        const restored = new History(["loss"], throughSnapshot(simulation.state));
        const wholes = [fed(simulation, simulation.log.length), restored];
        const growing = new History(["loss"]);
        let declared = DECLARED;
        for (const logged of simulation.log) {
          growing.apply(logged);
          const { revision, event } = logged;
          if (event.type === "space-changed") declared = spaceFromJson(event.space);
          for (const whole of wholes) {
            expect(contents(whole.view(revision))).toEqual(contents(growing.view()));
            expect(whole.spaceAt(revision, declared)).toEqual(growing.spaceAt(revision, declared));
          }
        }
      }),
      { numRuns: 100 },
    );
  });

  it("stays as it was while the history grows on", () => {
    fc.assert(
      fc.property(draws(ALL_COMMANDS, 120), fc.nat(100), (sequence, cut) => {
        const simulation = simulated([...sequence], WORLD);
        const history = fed(simulation, Math.min(cut, simulation.log.length));
        const view = history.view();
        const twin = history.view();
        const before = contents(view);
        for (const logged of simulation.log) history.apply(logged);
        expect(contents(view)).toEqual(before);
        expect(contents(twin)).toEqual(before);
      }),
      { numRuns: 100 },
    );
  });
});

/** Two revisions of a simulation, the earlier first. */
function span(simulation: Simulation, p: number, q: number): readonly [number, number] {
  const [a, b] = [p, q].map((n) => n % (simulation.log.length + 1)) as [number, number];
  return a < b ? [a, b] : [b, a];
}

function plain({ added, respaced, changed, hidden, restored, pending, started, reported }: HistoryDelta): unknown {
  return { added: [...added], respaced, changed, hidden, restored, pending, started, reported };
}

const numbers = (pending: HistoryView["pending"]): readonly number[] => pending.map(({ number }) => number);
const sorted = (all: Iterable<number>): readonly number[] => [...new Set(all)].sort((a, b) => a - b);

describe("the difference between two revisions", () => {
  it("leads from one view to the other", () => {
    fc.assert(
      fc.property(draws(ALL_COMMANDS, 80), fc.nat(80), fc.nat(80), (sequence, p, q) => {
        const simulation = simulated([...sequence], WORLD);
        const history = fed(simulation, simulation.log.length);
        const [from, to] = span(simulation, p, q);
        const [before, after] = [history.view(from), history.view(to)];
        const { added, hidden, restored, respaced, pending, changed } = after.since(before)!;
        const { trial, revision, state } = after.columns;
        const kept = [...before.rows].filter((row) => !hidden.includes(trial[row] ?? -1));
        const every = [...revision.keys()].filter((row) => (revision[row] ?? 0) > 0);
        const shown = every.filter((row) => (revision[row] ?? 0) <= from && restored.includes(trial[row] ?? -1));
        expect(sorted([...kept, ...shown, ...added])).toEqual([...after.rows]);
        const ended = [...added].filter((row) => isEnd(STATE_CODES[state[row]!]!)).map((row) => trial[row]!);
        const gone = new Set([...ended, ...hidden, ...after.paused]);
        const still = numbers(before.pending).filter((number) => !gone.has(number));
        expect(sorted([...still, ...pending])).toEqual(numbers(after.pending));
        const spaceChanges = simulation.log.slice(from, to).filter((logged) => logged.event.type === "space-changed");
        expect(respaced).toBe(spaceChanges.length > 0);
        for (let n = 0; n < MOST_TRIALS; n++)
          if (!changed.includes(n) && before.trial(n) !== undefined) expect(after.trial(n)).toEqual(before.trial(n));
      }),
      { numRuns: 200 },
    );
  });

  it("says what the events in between spoke of, from a snapshot as well", () => {
    fc.assert(
      fc.property(draws(ALL_COMMANDS, 80), fc.nat(80), fc.nat(80), (sequence, p, q) => {
        const simulation = simulated([...sequence], WORLD);
        const history = fed(simulation, simulation.log.length);
        const [from, to] = span(simulation, p, q);
        const before = history.view(from);
        const spoken = simulation.log.slice(from, to).map(({ event }) => event);
        const trialsOf = (...types: readonly string[]): readonly number[] =>
          sorted(
            spoken.flatMap((event) =>
              "trial" in event && event.trial !== null && (types.length === 0 || types.includes(event.type))
                ? [event.trial]
                : [],
            ),
          );
        const delta = history.delta(from, to);
        expect(delta.changed).toEqual(trialsOf().filter((number) => before.trial(number) !== undefined));
        const begun = spoken.flatMap((event) =>
          event.type === "started" || (event.type === "imported" && event.owner !== undefined) ? [event.trial] : [],
        );
        expect(delta.started).toEqual(sorted(begun));
        const reports = (n: number, view: HistoryView): number => view.trial(n)?.reports.length ?? 0;
        const after = history.view(to);
        expect(delta.reported).toEqual(
          trialsOf("reported", "imported")
            .map((trial) => ({ trial, first: reports(trial, before), next: reports(trial, after) }))
            .filter(({ first, next }) => next > first),
        );
        const restored = new History(["loss"], throughSnapshot(simulation.state));
        expect(plain(restored.delta(from, to))).toEqual(plain(delta));
      }),
      { numRuns: 200 },
    );
  });

  it("leaves out of what is added the rows that the space does not contain, as the view does", () => {
    const simulation = new Simulation(WORLD);
    const ended = (x: number): void => {
      const trial = simulation.state.nextNumber;
      const times = { startedAt: null, finishedAt: null, reports: [], attributes: {} };
      simulation.append({ type: "imported", trial, params: { x }, state: "complete", values: { loss: 1 }, ...times });
    };
    simulation.append({ type: "space-changed", space: WIDE, note: null });
    for (const x of [0.5, 1.5, 0.75]) ended(x);
    simulation.append({ type: "space-changed", space: NARROW, note: null });
    const history = fed(simulation, simulation.log.length);
    const view = history.view();
    const [first, third] = [history.view(2), history.view(3)];
    expect([...view.since(third)!.added]).toEqual([1, 2]);
    expect([...view.withinSpace().since(third.withinSpace())!.added]).toEqual([2]);
    expect(view.withinSpace().since(view)).toBe(null);
    expect(first.since(third)).toBe(null);
    expect(fed(simulation, simulation.log.length).view().since(third)).toBe(null);
    const batch = view.withinSpace().withPending([{ number: 9, params: {} }]);
    expect([...batch.since(first)!.added]).toEqual([0, 2]);
  });
});

function isEnd(state: string): boolean {
  return state === "complete" || state === "pruned" || state === "failed";
}

describe("a history", () => {
  it("begins with all that a shared state knows, and goes on with it", () => {
    fc.assert(
      fc.property(draws(ALL_COMMANDS, 60), fc.nat(60), (sequence, cut) => {
        const simulation = new Simulation(WORLD);
        for (const draw of sequence.slice(0, cut)) simulation.step(draw);
        const shared = new History(["loss"], simulation.state);
        for (const draw of sequence.slice(cut)) simulation.step(draw);
        for (const logged of simulation.log) shared.apply(logged);
        const own = fed(simulation, simulation.log.length);
        expect(contents(shared.view())).toEqual(contents(own.view()));
        const upTo = cut % simulation.log.length;
        expect(plain(shared.delta(0, upTo))).toEqual(plain(own.delta(0, upTo)));
      }),
      { numRuns: 100 },
    );
  });

  it("encodes parameters by the space in force: missing ones as NaN, choices by place", () => {
    const simulation = new Simulation(WORLD);
    const enqueue = (params: Record<string, string | number>): void => {
      const trial = simulation.state.nextNumber;
      const values = { loss: 1 };
      const times = { startedAt: null, finishedAt: null, reports: [], attributes: {} };
      simulation.append({ type: "imported", trial, params, state: "complete", values, ...times });
    };
    enqueue({ x: 0.5 });
    simulation.append({ type: "space-changed", space: WIDE, note: null });
    enqueue({ x: 1.5, y: 7, z: "b" });
    const { params } = fed(simulation, 4).view().columns;
    expect(Array.from(params.x?.slice(0, 2) ?? [])).toEqual([0.5, 1.5]);
    expect(Array.from(params.y?.slice(0, 2) ?? [])).toEqual([Number.NaN, 7]);
    expect(Array.from(params.z?.slice(0, 2) ?? [])).toEqual([Number.NaN, 1]);
  });

  it("shows trials as what they count as in the space in force, and knows those outside it", () => {
    const simulation = new Simulation({ ...WORLD, spaces: [spaceToJson(defineSpace({ x: float(0, 2) }))] });
    const ended = (x: number): void => {
      const values = { loss: x };
      const times = { startedAt: null, finishedAt: null, reports: [], attributes: {} };
      const trial = simulation.state.nextNumber;
      simulation.append({ type: "imported", trial, params: { x }, state: "complete", values, ...times });
    };
    ended(0.5);
    ended(1.5);
    simulation.step({ type: "enqueue", a: 100, b: 1, wrong: false });
    const narrow = spaceToJson(defineSpace({ u: float(0, 1), y: int(0, 9) }));
    const carry = { was: { y: 3 }, renamed: { x: "u" } };
    simulation.append({ type: "space-changed", space: narrow, note: null, carry });
    for (const history of [fed(simulation, simulation.log.length), new History(["loss"], simulation.state)]) {
      const view = history.view();
      expect(Array.from(view.columns.params.u?.slice(0, 2) ?? [])).toEqual([0.5, 1.5]);
      expect(Array.from(view.columns.params.y?.slice(0, 2) ?? [])).toEqual([3, 3]);
      expect(view.pending).toEqual([{ number: 2, params: { u: simulation.state.trial(2)!.params.x, y: 3 } }]);
      expect([...view.rows]).toEqual([0, 1]);
      expect([...view.withinSpace().rows]).toEqual([0]);
      expect([...view.withPending([{ number: 3, params: {} }]).withinSpace().rows]).toEqual([0]);
      expect(view.withinSpace().withinSpace().pending).toEqual(view.pending);
      expect(history.delta(0, history.revision).respaced).toBe(true);
    }
    ended(0.25);
    simulation.append({ type: "space-changed", space: NARROW, note: null, carry: { was: {}, renamed: { u: "x" } } });
    const view = fed(simulation, simulation.log.length).view();
    expect(view.withinSpace()).not.toBe(view);
    expect([...view.withinSpace().rows]).toEqual([0, 2]);
  });

  it("takes imported trials by what they were chosen from, and knows those that the space does not contain", () => {
    const simulation = new Simulation({ ...WORLD, spaces: [spaceToJson(defineSpace({ x: float(0, 2) }))] });
    const domain = { type: "float", low: 0, high: 10 };
    const take = (...values: readonly (readonly [string, JsonValue, JsonValue?])[]): void => {
      const trial = simulation.state.nextNumber;
      const definitions = values.map(([name, value, other]) => ({ name, domain: other ?? domain, value }));
      const rest = { values: { loss: 1 }, startedAt: null, finishedAt: null, reports: [], attributes: {} };
      simulation.append({ type: "imported", trial, params: {}, definitions, state: "complete", ...rest });
    };
    take(["x", 1.5], ["w", 8]);
    take(["x", 7], ["w", 9]);
    take(["w", 4, { type: "float", low: 0, high: 40 }]);
    take(["x", "text", { type: "categorical", choices: ["text", 1] }]);
    take(["w", { number: "NaN" }, { type: "none of ours", choices: [{ number: "NaN" }] }], ["", 1, { type: "float" }]);
    const { space } = simulation.state;
    for (const history of [fed(simulation, simulation.log.length), new History(["loss"], simulation.state)]) {
      const view = history.view();
      expect([...view.rows]).toEqual([0, 1, 2, 3, 4]);
      expect([...view.withinSpace().rows]).toEqual([0]);
      expect(Array.from(view.columns.params.w?.slice(0, 5) ?? [])).toEqual([8, 9, 4, Number.NaN, Number.NaN]);
      expect(Array.from(view.columns.params.x?.slice(0, 3) ?? [])).toEqual([1.5, 7, Number.NaN]);
      expect(history.parameterAt("w", history.revision)).toMatchObject({ low: 0, high: 40 });
      expect(history.parameterAt("w", 2)).toMatchObject({ low: 0, high: 10 });
      expect(history.spaceAt(2, spaceFromJson(space)).parameters.map(({ name }) => name)).toEqual(["x", "w"]);
      expect(history.spaceAt(1, spaceFromJson(space)).parameters.map(({ name }) => name)).toEqual(["x"]);
    }
  });

  it("has paused trials apart from pending ones, which they are again once they are resumed", () => {
    const study = new StudyAtWork(NARROW);
    const history = new History(["loss"], study.state);
    const seen: (readonly [pending: readonly number[], paused: readonly number[]])[] = [];
    const look = (): void => {
      for (const logged of study.log.slice(history.revision)) history.apply(logged);
      seen.push([numbers(history.view().pending), history.view().paused]);
    };
    study.claim(leased("a"), { until: 3 });
    study.claim(leased("b"));
    look();
    const at = study.length;
    study.send({ type: "pause", trial: 0, token: "a", end: endOf("paused") });
    look();
    const then = study.length;
    study.send({ type: "resume", trial: 0, owner: leased("c"), until: 9, limit: null });
    look();
    const resumed = study.length;
    study.send({ type: "pause", trial: 0, token: "c", end: endOf("paused") });
    study.send({ type: "invalidate", trial: 0, reason: null });
    look();
    study.send({ type: "restore", trial: 0 });
    look();
    const [running, paused, hidden] = [
      [[0, 1], []],
      [[1], [0]],
      [[1], []],
    ];
    expect(seen).toEqual([running, paused, running, hidden, paused]);
    const past = [at, then, resumed].map((revision) => history.view(revision));
    expect(past.map((view) => [numbers(view.pending), view.paused])).toEqual([running, paused, running]);
    expect(past[1]!.withinSpace().withPending([{ number: 5, params: {} }]).paused).toEqual([0]);
  });

  it("takes the earlier members of a batch as pending, in number order, each once", () => {
    const simulation = new Simulation(UNSPACED);
    for (const x of [0, 0.1]) simulation.step({ type: "enqueue", a: x * 1_000, b: 1, wrong: false });
    const view = fed(simulation, 3).view();
    const more = view.withPending([{ number: 3, params: {} }]).withPending([{ number: 2, params: { x: 1 } }]);
    expect(more.pending.map((trial) => trial.number)).toEqual([0, 1, 2, 3]);
    expect(more.withPending([{ number: 2, params: { x: 2 } }]).pending[2]?.params).toEqual({ x: 2 });
    expect(view.pending).toHaveLength(2);
    expect(more.rows).toBe(more.rows);
  });

  it("refuses a view of what it has not seen, and an event that does not follow", () => {
    const simulation = new Simulation(UNSPACED);
    simulation.step({ type: "enqueue", a: 1, b: 1, wrong: false });
    const history = fed(simulation, 1);
    expect(() => history.view(2)).toThrowError(/revision 2 is asked for, the history is at 1/);
    const shared = new History(["loss"], simulation.state);
    expect(() => shared.apply({ revision: 3, at: 0, event: { type: "restored", trial: 0 } })).toThrowError(
      /does not follow/,
    );
  });
});

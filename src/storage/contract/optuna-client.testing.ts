import { AttuneError, StorageConflict } from "../../errors.ts";
import { spaceToJson } from "../../space/index.ts";
import type { JsonValue } from "../../space/json.ts";
import { jsonIndexOf } from "../../space/json-equal.ts";
import { decodeNumber, encodeNumber } from "../../trial/encoded-number.ts";
import type { ImportedTrial } from "../../trial/imported-trial.ts";
import type { Direction } from "../../trial/metric.ts";
import type { Owner } from "../../trial/owner.ts";
import type { Trial, Values } from "../../trial/trial.ts";
import type { Storage, StudyId } from "../storage.ts";
import { Driver, SETTINGS } from "./driver.testing.ts";

/** A trial's state by Optuna's words: what is paused here runs there. */
export type OptunaState = "RUNNING" | "COMPLETE" | "PRUNED" | "FAIL" | "WAITING";

/** A distribution: what it means here, and the text it came as. */
export interface OptunaDistribution {
  readonly domain: JsonValue;
  readonly text: string;
}

/** A trial's id: unique in a storage, ascending in a study in the order the trials came in. */
export interface OptunaTrialId {
  readonly study: StudyId;
  readonly number: number;
}

/** A trial with all that Optuna keeps of it; times in ms, with fractions. */
export interface OptunaTrial {
  readonly state: OptunaState;
  readonly values: readonly number[] | null;
  readonly started: number | null;
  readonly completed: number | null;
  /** In the order they were set. The value is Optuna's inner one: of a choice its place. */
  readonly params: readonly (readonly [name: string, inner: number, distribution: OptunaDistribution])[];
  readonly user: Readonly<Record<string, string>>;
  readonly system: Readonly<Record<string, string>>;
  readonly intermediate: ReadonlyMap<number, number>;
}

const STATES = {
  RUNNING: "running",
  COMPLETE: "complete",
  PRUNED: "pruned",
  FAIL: "failed",
  WAITING: "waiting",
} as const;
const WORDS = {
  running: "RUNNING",
  paused: "RUNNING",
  complete: "COMPLETE",
  pruned: "PRUNED",
  failed: "FAIL",
  waiting: "WAITING",
} as const;

let tokens = 0;

/** What Optuna asks of a storage, said in commands of ours: a client that reads everything anew for each call, as one of many might. */
export class OptunaClient {
  readonly #storage: Storage;

  constructor(storage: Storage) {
    this.#storage = storage;
  }

  async createStudy(directions: readonly Direction[], name = `unnamed-${crypto.randomUUID()}`): Promise<StudyId> {
    const metrics = directions.map((direction, k) => ({ name: `value_${k}`, direction }));
    const definition = {
      name,
      metrics,
      space: spaceToJson({ parameters: [], where: [] }),
      settings: SETTINGS,
      seed: 1,
    };
    const { id, created } = await this.#storage.createStudy(definition);
    if (!created) throw new AttuneError("invalid-argument", `There is a study ${JSON.stringify(name)} already.`);
    return id;
  }

  async deleteStudy(study: StudyId): Promise<void> {
    await (await this.study(study)).run({ type: "delete" });
  }

  async studyIdOf(name: string): Promise<StudyId> {
    const found = await this.#storage.findStudy(name);
    if (found === null) throw new AttuneError("unknown-study", `There is no study ${JSON.stringify(name)}.`);
    return found.id;
  }

  /** The study as it is now; AttuneError `unknown-study` for one that was deleted. */
  async study(study: StudyId): Promise<Driver> {
    const driver = new Driver(this.#storage, study);
    await driver.refresh();
    if (driver.state.deleted) throw new AttuneError("unknown-study", `Study ${study} was deleted.`);
    return driver;
  }

  async setStudyAttribute(study: StudyId, system: boolean, key: string, text: string): Promise<void> {
    await (await this.study(study)).run({ type: "set-attribute", trial: null, system, key, text });
  }

  /** A running trial of nothing yet, or one like the template. */
  async createTrial(study: StudyId, template: OptunaTrial | null = null): Promise<OptunaTrialId> {
    const driver = await this.study(study);
    const trials = [imported(driver, template ?? { ...EMPTY_TRIAL, started: Date.now() })];
    const { numbers } = await driver.run({ type: "import", trials });
    return { study, number: numbers[0]! };
  }

  async setParam(id: OptunaTrialId, name: string, inner: number, distribution: OptunaDistribution): Promise<void> {
    const definitions = [definition(name, inner, distribution)];
    const command = { type: "define", trial: id.number, token: null, definitions, oneKind: true } as const;
    await (await this.study(id.study)).run(command);
  }

  /**
   * False for a trial that is to run and does not wait; StorageConflict for one that has ended. Decided anew when somebody else was first.
   */
  async setState(id: OptunaTrialId, word: OptunaState, values: readonly number[] | null = null): Promise<boolean> {
    for (;;) {
      const driver = await this.study(id.study);
      const { state: from } = this.#record(driver, id);
      const to = STATES[word];
      if (to === "running" && from === "running") return false;
      if (to === from && to === "waiting") return true;
      if (from === "complete" || from === "pruned" || from === "failed") throw ended(id, from);
      const given = values === null ? null : namedValues(driver, values);
      try {
        await driver.run({ type: "transition", trial: id.number, from, to, owner: newOwner(), values: given });
        return true;
      } catch (error) {
        if (!(error instanceof StorageConflict)) throw error;
      }
    }
  }

  async report(id: OptunaTrialId, step: number, value: number): Promise<void> {
    const driver = await this.study(id.study);
    const reports = [{ seq: 0, step, values: { value_0: encodeNumber(value) } }];
    await driver.run({ type: "report", trial: id.number, token: null, reports });
  }

  async setTrialAttribute(id: OptunaTrialId, system: boolean, key: string, text: string): Promise<void> {
    const command = { type: "set-attribute", trial: id.number, system, key, text, whileOpen: true } as const;
    await (await this.study(id.study)).run(command);
  }

  async trial(id: OptunaTrialId): Promise<OptunaTrial> {
    const driver = await this.study(id.study);
    return shown(driver, this.#record(driver, id));
  }

  /** All trials, or those in one of these states, by number. */
  async trials(study: StudyId, words?: readonly OptunaState[]): Promise<readonly OptunaTrial[]> {
    const driver = await this.study(study);
    const found: OptunaTrial[] = [];
    const states = words?.map((word) => STATES[word]);
    for (let after: number | null | undefined; after !== null; ) {
      const page = await this.#storage.trials(study, {
        limit: 7,
        ...(after !== undefined && { after }),
        ...(states !== undefined && { states }),
      });
      found.push(...page.trials.map((trial) => shown(driver, trial)));
      after = page.next;
    }
    return found;
  }

  /** Says that the trial's program lives, for `ttl` ms. */
  async beat(id: OptunaTrialId, ttl: number): Promise<void> {
    const token = heldBy(this.#record(await this.study(id.study), id));
    if (token !== null) await this.#storage.renew(id.study, [token], ttl);
  }

  /** Running trials whose last sign of life is too long ago; none of which there never was one. */
  async stale(study: StudyId): Promise<readonly OptunaTrialId[]> {
    const driver = await this.study(study);
    const running = driver.state.running().map((number) => [number, heldBy(driver.trial(number))] as const);
    const held = running.filter((one): one is readonly [number, string] => one[1] !== null);
    const gone = new Set(
      await this.#storage.expired(
        study,
        held.map(([, token]) => token),
      ),
    );
    return held.flatMap(([number, token]) => (gone.has(token) ? [{ study, number }] : []));
  }

  /** Fails a stale trial; false where it lives after all, or another was first. */
  async failStale(id: OptunaTrialId): Promise<boolean> {
    const move = { from: "running", to: "failed", owner: newOwner(), values: null, evidence: "expired" } as const;
    try {
      await (await this.study(id.study)).run({ type: "transition", trial: id.number, ...move });
      return true;
    } catch (error) {
      if (error instanceof StorageConflict) return false;
      throw error;
    }
  }

  #record(driver: Driver, { study, number }: OptunaTrialId): Trial {
    const trial = driver.state.trial(number);
    if (trial !== undefined) return trial;
    throw new AttuneError("unknown-trial", `There is no trial ${number} in study ${study}.`);
  }
}

export const EMPTY_TRIAL: OptunaTrial = {
  state: "RUNNING",
  values: null,
  started: null,
  completed: null,
  params: [],
  user: {},
  system: {},
  intermediate: new Map(),
};

function newOwner(): Owner {
  return { kind: "foreign", token: `optuna-${process.pid}-${tokens++}`, source: "optuna" };
}

function ended({ number }: OptunaTrialId, state: string): StorageConflict {
  return new StorageConflict(`Trial ${number} has ended: it is ${state}.`, { trial: number, state });
}

function definition(name: string, inner: number, { domain, text }: OptunaDistribution) {
  const { choices } = domain as { readonly choices?: readonly JsonValue[] };
  return { name, domain, value: choices === undefined ? inner : choices[inner]!, given: text };
}

function namedValues({ state }: Driver, values: readonly number[]): Values {
  return Object.fromEntries(state.metrics.map(({ name }, k) => [name, encodeNumber(values[k]!)]));
}

function imported(driver: Driver, template: OptunaTrial): ImportedTrial {
  const state = STATES[template.state];
  return {
    params: {},
    definitions: template.params.map(([name, inner, distribution]) => definition(name, inner, distribution)),
    state,
    values: template.values === null ? {} : namedValues(driver, template.values),
    reports: [...template.intermediate].map(([step, value], seq) => {
      return { seq, step, values: { value_0: encodeNumber(value) } };
    }),
    startedAt: template.started,
    finishedAt: template.completed,
    attributes: template.user,
    systemAttributes: template.system,
    ...(state === "running" && { owner: newOwner() }),
  };
}

function heldBy({ segments }: Trial): string | null {
  const attempt = segments.at(-1)?.attempts.at(-1);
  return attempt !== undefined && attempt.endedAt === null ? attempt.owner.token : null;
}

function shown({ state }: Driver, trial: Trial): OptunaTrial {
  const attempt = trial.segments.at(-1)?.attempts.at(-1);
  const values = state.metrics.flatMap(({ name }) => trial.values[name] ?? []);
  return {
    state: WORDS[trial.state],
    values: values.length === 0 ? null : values.map(decodeNumber),
    started: attempt?.startedAt ?? trial.startedAt,
    completed: trial.finishedAt,
    params: (trial.definitions ?? []).map(({ name, domain, value, given }) => {
      const { choices } = domain as { readonly choices?: readonly JsonValue[] };
      const inner = choices === undefined ? (value as number) : jsonIndexOf(choices, value);
      return [name, inner, { domain, text: given ?? "" }];
    }),
    user: trial.attributes,
    system: trial.systemAttributes,
    // Of a step that was reported again the later value stands in the place of the first.
    intermediate: new Map(trial.reports.map(({ step, values: { value_0 } }) => [step, decodeNumber(value_0!)])),
  };
}

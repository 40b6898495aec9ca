import { AttuneError } from "../errors.ts";
import { keyedStreams } from "../numeric/random/keyed-streams.ts";
import { checkOptions } from "../space/check-options.ts";
import {
  findScarcity,
  type Space,
  type SpaceRecord,
  scarcityNotice,
  spaceFromJson,
  spaceToJson,
  startParams,
} from "../space/index.ts";
import type { Params } from "../space/json.ts";
import { userCall } from "../space/user-call.ts";
import { openStorage } from "../storage/registry.ts";
import type { Storage } from "../storage/storage.ts";
import type { NumberAlone } from "../trial/measured.ts";
import type { ComponentChoice, StudyDefinition } from "../trial/study-definition.ts";
import type { StudyState } from "../trial/study-state.ts";
import { defineStudy, toSpace } from "./define-study.ts";
import { findStudy } from "./find-study.ts";
import type { ParamsOf } from "./params-of.ts";
import { planSpaceChange } from "./plan-space-change.ts";
import { type GivenParts, reconcile } from "./reconcile.ts";
import { requireFreeNames } from "./require-free-names.ts";
import { requireGrows } from "./require-grows.ts";
import { Study } from "./study.ts";
import { StudyLog } from "./study-log.ts";
import { OPEN_OPTION_KINDS, STUDY_OPTION_KINDS } from "./study-option-kinds.ts";
import type { StudyOptions } from "./study-options.ts";
import { withThinking } from "./with-thinking.ts";
import { ownWriting } from "./writing.ts";

/** What a new study begins with, and what to tell the user about it. */
interface FirstTrial {
  readonly enqueued: readonly Params[];
  readonly notices: readonly string[];
}

const NO_FIRST_TRIAL: FirstTrial = { enqueued: [], notices: [] };

/**
 * Creates a study, or continues the living one of that name if it is the same but for a space by which nothing is lost.
 *
 * @throws AttuneError `invalid-argument`, `invalid-space`, `study-changed`, `storage-*`.
 * @example
 * const study = await createStudy({ name: "digits", minimize: "loss", space: { lr: float(1e-5, 1e-1, { log: true }) } });
 * const result = await study.optimize((trial) => (trial.params.lr - 0.01) ** 2, { trials: 20 });
 * await study.close();
 */
export function createStudy<
  const S extends SpaceRecord | Space = Record<never, never>,
  const M extends string = string,
>(options: StudyOptions<S, M>): Promise<Study<ParamsOf<S>, M, NumberAlone<M>>> {
  return userCall(createStudy, async () => await create<ParamsOf<S>, M, NumberAlone<M>>(options));
}

async function create<P, M extends string, N extends number>(options: StudyOptions): Promise<Study<P, M, N>> {
  checkOptions("createStudy", options, STUDY_OPTION_KINDS);
  const asked = defineStudy(options);
  const { storage, owned } = await storageOf(options.storage ?? ":memory:");
  try {
    if ((await storage.findStudy(asked.name)) === null) {
      requireFreeNames(spaceFromJson(asked.space), null);
      requireGrows(asked.settings, asked.metrics);
    }
    const first = defaultsFirst(asked);
    const { id, created } = await storage.createStudy(thoughtful(asked, null), first.enqueued);
    const log = await StudyLog.open(storage, id);
    const notices: string[] = created ? [...first.notices] : [];
    if (!created) {
      const definition = thoughtful(asked, log.state.settings.sampler);
      const { commands, notices: news } = reconcile(log.state, definition, givenParts(options, storage.location));
      for (const command of commands) await log.execute(command);
      notices.push(...news);
    }
    if (!anyBegun(log.state)) notices.push(...spaceNotices(log.space));
    return new Study<P, M, N>(log, { created, owned, notices });
  } catch (error) {
    if (owned) await storage.close();
    throw error;
  }
}

/** Which study to open, and where it is kept. */
export interface OpenOptions<S extends SpaceRecord | Space = SpaceRecord | Space> {
  readonly name: string;
  readonly storage: string | Storage;
  /** The study's own space as builders: its params are typed by it. Left out, params are known by name only. */
  readonly space?: S;
}

/**
 * Opens a study that exists.
 *
 * @throws AttuneError `unknown-study` naming the nearest there is, `study-changed` where its space is not the one given, `storage-*`.
 */
export function openStudy<const S extends SpaceRecord | Space = Space>(
  options: OpenOptions<S>,
): Promise<Study<ParamsOf<S>>> {
  return userCall(openStudy, async () => await open<ParamsOf<S>>(options));
}

async function open<P>(options: OpenOptions): Promise<Study<P>> {
  checkOptions("openStudy", options, OPEN_OPTION_KINDS);
  if (options.name === undefined || options.storage === undefined)
    throw new AttuneError("invalid-argument", "openStudy needs a name and a storage; give both.");
  const { storage, owned } = await storageOf(options.storage);
  try {
    const found = await findStudy(storage, options.name);
    const log = await StudyLog.open(storage, found.id);
    if (options.space !== undefined) requireSpace(log, toSpace(options.space));
    return new Study<P>(log, { created: false, owned, notices: [] });
  } catch (error) {
    if (owned) await storage.close();
    throw error;
  }
}

/** Params are typed by the space given, so it must be the one that is kept. */
function requireSpace(log: StudyLog, given: Space): void {
  const { notices } = planSpaceChange(log.state, ownWriting(log.state, spaceFromJson(spaceToJson(given))), {});
  if (notices.length === 0) return;
  const name = log.state.definition.name;
  const message = `Study "${name}" has another space than the one given to openStudy, which would be a change: ${notices.join(" ")} Give the space that it has, or leave it out.`;
  throw new AttuneError("study-changed", message);
}

/** The values in use so far are the first trial; a grid has its own cells and nothing else. */
function defaultsFirst({ seed, settings, space: json }: StudyDefinition): FirstTrial {
  const space = spaceFromJson(json);
  if (settings.sampler.name === "grid" || space.parameters.every((p) => p.default === undefined)) return NO_FIRST_TRIAL;
  const params = startParams(space, keyedStreams(seed, "defaults"));
  if (params !== null) return { enqueued: [params], notices: [] };
  const why = "The defaults are not tried first: they are inactive together, or break a constraint.";
  return { enqueued: [], notices: [why] };
}

/** Said before the first trial. */
function spaceNotices(space: Space): readonly string[] {
  const scarcity = findScarcity(space);
  return scarcity === null ? [] : [scarcityNotice(scarcity)];
}

/** The definition with its sampler's time to think turned into operations: those of the `stored` sampler for the same time. */
function thoughtful(definition: StudyDefinition, stored: ComponentChoice | null): StudyDefinition {
  const sampler = withThinking(definition.settings.sampler, stored);
  return { ...definition, settings: { ...definition.settings, sampler } };
}

function givenParts(options: StudyOptions, location: string): GivenParts {
  const { seed, sampler, scheduler, extra, was, limits, grows, goals, references, units, metrics = [] } = options;
  return {
    seed: seed !== undefined,
    sampler: sampler !== undefined,
    scheduler: scheduler !== undefined,
    extra: extra !== undefined,
    limits: limits !== undefined,
    grows: grows !== undefined,
    goals: goals !== undefined || metrics.some(({ goal }) => goal !== undefined),
    references: references !== undefined || metrics.some(({ reference }) => reference !== undefined),
    units: units !== undefined || metrics.some(({ unit }) => unit !== undefined),
    was,
    location,
  };
}

async function storageOf(given: string | Storage): Promise<{ storage: Storage; owned: boolean }> {
  if (typeof given !== "string") return { storage: given, owned: false };
  return { storage: await openStorage(given), owned: true };
}

function anyBegun(state: StudyState): boolean {
  for (const trial of state.scan()) if (trial.state !== "waiting") return true;
  return false;
}

import type { JsonValue } from "../../space/json.ts";
import type { AnsweredRequest } from "../change-request.ts";
import type { HeldOutRun } from "../held-out-run.ts";
import type { Ledger } from "../ledger.ts";
import type { StudyDefinition, StudySettings } from "../study-definition.ts";
import { StudyState } from "../study-state.ts";
import { PackedTrials } from "../table/packed-trials.ts";
import { ReportShelf } from "../table/report-shelf.ts";
import { TRIALS_PER_BLOCK } from "../table/trial-block.ts";
import type { Trial } from "../trial.ts";
import { TrialView } from "../trial-view.ts";
import { bindToken, reopen } from "./change-trial.ts";
import { seenMembers } from "./growing-members.ts";
import type { Reservation, StudyTables } from "./study-tables.ts";
import { type TrialRecord, toTrial } from "./trial-record.ts";

export { TRIALS_PER_BLOCK } from "../table/trial-block.ts";

/** Counts up when the form of the head or of the blocks changes; a snapshot of another format is not read. */
export const SNAPSHOT_FORMAT = 16;

/** Blocks from this number on hold the reports of ended trials. */
export const REPORT_BLOCKS = 0x8000_0000;

/** All of a study but its trials. */
interface PackedHead {
  readonly format: number;
  readonly revision: number;
  readonly definition: StudyDefinition | null;
  readonly settings: StudyTables["settings"];
  readonly spaces: StudyTables["spaces"];
  readonly proposalIndex: number;
  readonly reservation: Reservation | null;
  readonly reservedAt: number;
  readonly deleted: boolean;
  readonly heldOut: readonly HeldOutRun[];
  readonly attributes: StudyTables["attributes"];
  readonly systemAttributes: StudyTables["systemAttributes"];
  readonly trials: number;
  /** Numbers of the trials that have not ended. */
  readonly open: readonly number[];
  /** Trials on the budget by kind, `counted` those that it was spent on. */
  readonly tally: Readonly<Record<"waiting" | "running" | "paused" | "counted", number>>;
  readonly ledger: Ledger;
  readonly longest: number;
  /** True when a program ever asked for a parameter that no space declared. */
  readonly everDefined: boolean;
  readonly blockRevisions: readonly number[];
  /** The same of the blocks of reports. */
  readonly shelfRevisions: readonly number[];
  /** Names of the metrics that trials have values of; left out by those that made snapshots before it was kept. */
  readonly measured?: readonly string[];
  /** Oldest first; left out where there are none. */
  readonly requests?: readonly AnsweredRequest[];
}

/** A block of trials, numbers `block * TRIALS_PER_BLOCK` and on, as bytes; from {@link REPORT_BLOCKS} on one of reports of ended trials. */
export interface StateBlock {
  readonly block: number;
  readonly body: Uint8Array;
}

/** A study's state in parts: a small head, its trials in blocks, and their reports in blocks that come after these. */
export interface StateParts {
  readonly head: JsonValue;
  readonly blocks: readonly StateBlock[];
}

/** Reads the body of a block by its number whenever somebody looks at what is in it: it is not kept. */
export type BlockReader = (block: number) => Uint8Array;

/** The head as it is now, and the blocks with a trial that changed after revision `since` (0: all). */
export function stateToParts(state: StudyState, since: number): StateParts {
  const blocks = changedBlocks(state, since).map((block) => ({ block, body: blockBody(state, block) }));
  return { head: stateHead(state), blocks };
}

/** Numbers of the blocks that changed after revision `since`, ascending. */
export function changedBlocks(state: StudyState, since: number): readonly number[] {
  return [...blockRevisions(state)].flatMap(([block, revision]) => (revision > since ? [block] : []));
}

/** Revision of the last change of each block, by its number, ascending. */
export function blockRevisions({ tables }: StudyState): ReadonlyMap<number, number> {
  const revisions = new Map(tables.blockRevisions.entries());
  for (const [piece, revision] of tables.trials.shelf.revisions.entries())
    revisions.set(REPORT_BLOCKS + piece, revision);
  return revisions;
}

/** One block as it is now. */
export function blockBody({ tables }: StudyState, block: number): Uint8Array {
  return block < REPORT_BLOCKS ? tables.trials.pack(block) : tables.trials.shelf.body(block - REPORT_BLOCKS);
}

/** The head alone, as it is now. */
export function stateHead(state: StudyState): JsonValue {
  const { tables } = state;
  const { reservation } = tables;
  const { waiting, running, paused, trialsSpent: counted } = tables.budgeted;
  const requests = tables.requests.list();
  const packed: PackedHead = {
    format: SNAPSHOT_FORMAT,
    revision: tables.revision,
    definition: tables.definition,
    settings: tables.settings.slice(),
    spaces: tables.spaces.slice(),
    proposalIndex: tables.proposalIndex,
    reservation,
    reservedAt: reservation === null ? 0 : (tables.holdings.get(reservation.proposer.token)?.since ?? 0),
    deleted: tables.deleted,
    heldOut: tables.heldOut,
    attributes: seenMembers(tables.attributes),
    systemAttributes: seenMembers(tables.systemAttributes),
    trials: tables.trials.length,
    open: [...tables.unfinished].sort((a, b) => a - b),
    tally: { waiting, running, paused, counted },
    ledger: { ...tables.ledger },
    longest: tables.longest,
    everDefined: tables.everDefined,
    blockRevisions: tables.blockRevisions.slice(),
    shelfRevisions: tables.trials.shelf.revisions.slice(),
    measured: [...state.measured],
    ...(requests.length > 0 && { requests }),
  };
  return packed as unknown as JsonValue;
}

/**
 * The state that a head and the bodies of all its blocks hold, by number, or as they are read; null when they are of another format or do not belong
 * together: read the events instead. Trials are read from the bodies when somebody looks at them: SyntaxError for a body that
 * is damaged at first sight, AttuneError `storage-corrupt` later.
 *
 * @param reports - reads blocks of reports where these are not to be held: the list is of trials alone then.
 */
export function stateFromParts(
  head: JsonValue,
  bodies: readonly Uint8Array[] | BlockReader,
  reports: BlockReader | null = typeof bodies === "function" ? bodies : null,
): StudyState | null {
  const packed = head as unknown as PackedHead | null;
  if (packed === null || typeof packed !== "object" || packed.format !== SNAPSHOT_FORMAT) return null;
  const state = new StudyState();
  const { tables } = state;
  fillHead(tables, packed);
  if (!fillBlocks(tables, packed, bodies, reports)) return null;
  for (const number of packed.open) reopen(tables, number);
  tables.configurations.defer();
  tables.definedNames.defer();
  if (packed.reservation !== null) {
    tables.reservation = packed.reservation;
    bindToken(tables, packed.reservation.proposer, null, packed.reservedAt);
  }
  return state;
}

/** False where the blocks do not belong to the head. */
function fillBlocks(
  { trials }: StudyTables,
  packed: PackedHead,
  bodies: readonly Uint8Array[] | BlockReader,
  reports: BlockReader | null,
): boolean {
  const ofTrials = Math.ceil(packed.trials / TRIALS_PER_BLOCK);
  const held = typeof bodies === "function" ? [] : bodies;
  if (typeof bodies === "function") trials.holdLate(packed.trials, bodies);
  else for (const body of held.slice(0, ofTrials)) trials.hold(body);
  if (trials.length !== packed.trials) return false;
  const revisions = packed.shelfRevisions;
  if (reports !== null) trials.shelf.holdLate(revisions, (piece) => reports(REPORT_BLOCKS + piece));
  else for (const [piece, body] of held.slice(ofTrials).entries()) trials.shelf.hold(body, revisions[piece] ?? 0);
  return trials.shelf.revisions.length === revisions.length;
}

/**
 * Looks up trials by number in one block alone, as they were when its body was made; `read` has the blocks of reports. SyntaxError for a body that
 * is damaged.
 */
export function trialsOfBlock(
  body: Uint8Array,
  read: BlockReader,
): Record<"view" | "trial", (number: number) => Trial | null> {
  const shelf = new ReportShelf();
  shelf.holdLate([], (piece) => read(REPORT_BLOCKS + piece));
  const packed = new PackedTrials(body, shelf);
  const by = (show: (record: TrialRecord) => Trial) => (number: number) => {
    const record = packed.get(number);
    return record === undefined ? null : show(record);
  };
  return { view: by((record) => new TrialView(record)), trial: by(toTrial) };
}

/** What a head says without its blocks; null for another format. */
export function headOverview(head: JsonValue):
  | (Pick<
      PackedHead,
      | ("definition" | "revision" | "trials" | "attributes" | "systemAttributes")
      | ("spaces" | "heldOut" | "measured" | "shelfRevisions")
    > & {
      readonly settings: StudySettings | undefined;
      readonly space: JsonValue | undefined;
      readonly trialsSpent: number;
    })
  | null {
  const packed = head as unknown as PackedHead | null;
  if (packed?.format !== SNAPSHOT_FORMAT) return null;
  const { settings, tally, attributes, systemAttributes, heldOut, measured } = packed;
  const { definition, revision, trials, spaces, shelfRevisions } = packed;
  return {
    definition,
    revision,
    trials,
    settings: settings.at(-1)?.value,
    space: spaces.at(-1)?.value,
    trialsSpent: tally.counted,
    attributes,
    systemAttributes,
    spaces,
    heldOut,
    shelfRevisions,
    ...(measured !== undefined && { measured }),
  };
}

function fillHead(tables: StudyTables, packed: PackedHead): void {
  tables.revision = packed.revision;
  tables.definition = packed.definition;
  tables.settings.push(...packed.settings);
  tables.spaces.push(...packed.spaces);
  tables.proposalIndex = packed.proposalIndex;
  tables.deleted = packed.deleted;
  tables.heldOut = packed.heldOut;
  tables.attributes = seenMembers(packed.attributes);
  tables.systemAttributes = seenMembers(packed.systemAttributes);
  tables.everDefined = packed.everDefined;
  const { counted: trialsSpent, ...open } = packed.tally;
  Object.assign(tables.budgeted, { ...open, trialsSpent });
  Object.assign(tables.ledger, packed.ledger);
  tables.measured = packed.measured === undefined ? null : new Set(packed.measured);
  tables.longest = packed.longest;
  for (const request of packed.requests ?? []) tables.requests.add(request);
  for (const revision of packed.blockRevisions) tables.blockRevisions.push(revision);
}

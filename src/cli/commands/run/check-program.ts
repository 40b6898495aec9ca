import { constants } from "node:fs";
import { access, readdir, stat } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { AttuneError } from "../../../errors.ts";
import { holdsSecret, variableWithin } from "../../../executor/command/command-secrets.ts";
import { REDACTED } from "../../../executor/command/secret-patterns.ts";
import { printableCommand } from "../../../protocol/index.ts";
import { nearDeclarations } from "../../../protocol/near-declaration.ts";
import { readPlainFile } from "../../../protocol/read-plain-file.ts";
import { matchUse } from "../../../protocol/use-text.ts";
import { nearestWord } from "../../../space/index.ts";
import type { Space } from "../../../space/space.ts";
import { MemoryLog } from "../../../storage/memory/memory-log.ts";
import { MemoryStorage, MemoryStore } from "../../../storage/memory/memory-storage.ts";
import { RecentEvents } from "../../../storage/memory/recent-events.ts";
import type { Storage } from "../../../storage/storage.ts";
import type { Study } from "../../../study/index.ts";
import type { LoggedEvent, StudyEvent } from "../../../trial/event.ts";
import { evolve } from "../../../trial/evolve/evolve.ts";
import type { CommandTemplate } from "../../../trial/study-definition.ts";
import { StudyState } from "../../../trial/study-state.ts";
import type { RunSettings } from "../../settings/table.ts";
import { openSettings } from "../../study/open-settings.ts";
import { type CommandSource, commandOfTrial, unmentionedParameters } from "../../study/winning-command.ts";

/**
 * Refuses a program that cannot be started before a study is begun with it.
 *
 * @throws AttuneError `command-not-found`.
 */
export async function requireProgram(command: CommandTemplate): Promise<void> {
  if ("shell" in command || process.platform === "win32") return;
  const [program = ""] = command.argv;
  // A program chosen by a parameter is known only in the trial.
  if (/[{$]/.test(program)) return;
  if (program.includes("/")) return await requireFile(program);
  const folders = (process.env.PATH ?? "").split(delimiter).filter((folder) => folder !== "");
  for (const folder of folders) if ((await problemOf(join(folder, program))) === null) return;
  throw await notOnPath(program, folders);
}

async function requireFile(program: string): Promise<void> {
  const problem = await problemOf(program);
  if (problem === null) return;
  throw new AttuneError("command-not-found", `The program ${program} cannot be run: ${problem}.`);
}

async function problemOf(file: string): Promise<string | null> {
  try {
    if ((await stat(file)).isDirectory()) return "it is a folder";
    await access(file, constants.X_OK);
    return null;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "EACCES") return "it is not executable (chmod +x makes it so)";
    return "there is no such file";
  }
}

async function notOnPath(program: string, folders: readonly string[]): Promise<AttuneError> {
  if (/\s/.test(program)) {
    const message = `"${program}" is one word with blanks; give program and arguments as words of their own, or: -- sh -c '${program}'`;
    return new AttuneError("command-not-found", message);
  }
  if ((await problemOf(program)) !== "there is no such file") {
    return new AttuneError(
      "command-not-found",
      `There is no program ${program} on the PATH; for the file here write ./${program}.`,
    );
  }
  const names = await Promise.all(folders.map(async (folder) => await readdir(folder).catch((): string[] => [])));
  const near = program.length < 3 ? null : nearestWord(program, new Set(names.flat()));
  const hint = near === null ? "Install it, or give its path." : `Did you mean ${near}?`;
  return new AttuneError("command-not-found", `There is no program ${program} on the PATH. ${hint}`);
}

/**
 * The names that a command's templates use.
 *
 * @throws AttuneError `invalid-argument` for a template that cannot be read, or that uses none of the parameters.
 */
export function templateUses({ input = {} }: CommandTemplate, parameters: readonly string[]): readonly string[] {
  const found: string[] = [];
  for (const template of input.templates ?? []) {
    const uses = usesIn(read(template));
    if (!uses.some((name) => parameters.includes(name))) {
      const message = `The template ${template} holds none of the parameters (${parameters.join(", ")}); write \${${parameters[0]}} where a value belongs.`;
      throw new AttuneError("invalid-argument", message);
    }
    found.push(...uses);
  }
  return found;
}

function usesIn(text: string): readonly string[] {
  const names: string[] = [];
  for (let at = text.indexOf("$"); at >= 0; at = text.indexOf("$", at + 1)) {
    const use = matchUse(text, at);
    if (use !== null) names.push(use.name);
  }
  return names;
}

function read(template: string): string {
  try {
    return readPlainFile(template).toString("utf8");
  } catch (cause) {
    const missing = (cause as NodeJS.ErrnoException).code === "ENOENT";
    const why = missing ? "there is no such file" : cause instanceof Error ? cause.message : String(cause);
    throw new AttuneError("invalid-argument", `The template ${template} cannot be read: ${why}.`, { cause });
  }
}

/** A sentence about parameters that the command and its templates never mention, most often a slip in `${name}`; none when all are. */
export function unusedParameters(
  space: Space,
  command: CommandTemplate,
  inTemplates: readonly string[] = [],
): readonly string[] {
  const unused = unmentionedParameters(space, command, inTemplates);
  if (unused.length === 0) return [];
  const [are, they] = unused.length === 1 ? ["is", "it"] : ["are", "them"];
  return [`${unused.join(", ")} ${are} not in the command; the program finds ${they} only in ATTUNE_PARAMS.`];
}

/** A sentence for everything in the command that looks like a declaration and is passed to the program as it stands. */
export function nearDeclarationNotes(command: CommandTemplate): readonly string[] {
  return nearDeclarations(command).map(
    ({ source, meant }) =>
      `${source} in the command declares nothing and is passed on as it is; to try values there, write ${meant}.`,
  );
}

/** Where a secret of a command is, and how to keep it out; null where the command holds none. */
export function secretNotice(
  command: CommandTemplate,
  location: string,
  environment: NodeJS.ProcessEnv,
): string | null {
  if (!holdsSecret(command, environment)) return null;
  return (
    `the command holds a secret. It is kept in ${location}, which you alone can read, and printed as ${REDACTED}; to keep it out, ` +
    `let the program's shell put it in at run time, by a text command in a study file: ${wayOut(command, environment)}`
  );
}

function wayOut(command: CommandTemplate, environment: NodeJS.ProcessEnv): string {
  const name = variableWithin(command, environment) ?? "DB_PASSWORD";
  return `command: my-program --password "$${name}"`;
}

/**
 * Refuses a command that was copied from what was printed.
 *
 * @throws AttuneError `invalid-argument`.
 */
export function refuseRedacted(command: CommandTemplate): void {
  if (!printableCommand(command).includes(REDACTED)) return;
  throw new AttuneError(
    "invalid-argument",
    `The command has ${REDACTED} in place of a secret; write the secret itself, or "$DB_PASSWORD" in a text command, whose shell puts the variable in.`,
  );
}

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
  const held = new MemoryLog();
  for (const { event, at } of log) held.add(event, at);
  const copy = {
    id: String(store.studies.length + 1),
    createdAt: 0,
    log: held,
    recent: new RecentEvents(),
    state,
    leases: new Map(),
    ledger: null,
    watchers: new Set<() => void>(),
  };
  return copy;
}

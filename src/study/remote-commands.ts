import { AttuneError } from "../errors.ts";
import { type JsonValue, jsonEqual } from "../space/index.ts";
import type { StudyCommand } from "../trial/command.ts";
import type { ComponentChoice, StudySettings } from "../trial/study-definition.ts";

/** Key of a study's settings: commands that were set from elsewhere, kept in the event that set them. */
const REMOTE_KEY = "remoteCommands";
/** System attribute of a study: ids of those that a person accepted, as JSON. */
const ACCEPTED_KEY = "attune.accepted-commands";

/** A program to run that was set over a server, not on the storage itself. */
export interface RemoteCommand {
  /** New each time that it is set. */
  readonly id: string;
  readonly command: JsonValue;
}

interface Kept {
  readonly settings: Pick<StudySettings, "command" | "sampler" | "extra">;
  readonly systemAttributes: Readonly<Record<string, string>>;
}

type Extra = StudySettings["extra"];

/** The program that is a sampler; null for one that starts none. */
export function samplerCommand({ name, options }: ComponentChoice): JsonValue | null {
  return name === "program" ? (options.command ?? null) : null;
}

/** Settings' `extra` that says of these commands that they were set from elsewhere now. */
export function markedRemote(extra: Extra, commands: readonly JsonValue[]): Extra {
  const others = remoteOf(extra).filter(({ command }) => !commands.some((one) => jsonEqual(one, command)));
  const marked = commands.map((command) => ({ id: crypto.getRandomValues(new Uint32Array(4)).join("-"), command }));
  return { ...extra, [REMOTE_KEY]: [...others, ...marked] as unknown as JsonValue };
}

/** The commands in force that were set from elsewhere and that nobody accepted yet. */
export function unacceptedCommands({ settings, systemAttributes }: Kept): readonly RemoteCommand[] {
  const inForce = [settings.command as unknown as JsonValue | null, samplerCommand(settings.sampler)];
  const accepted = JSON.parse(systemAttributes[ACCEPTED_KEY] ?? "[]") as readonly string[];
  return remoteOf(settings.extra).filter(
    ({ id, command }) => !accepted.includes(id) && inForce.some((one) => one !== null && jsonEqual(one, command)),
  );
}

/** What writes down that a person accepts the commands in force. */
export function acceptCommand(study: Kept): StudyCommand {
  const before = JSON.parse(study.systemAttributes[ACCEPTED_KEY] ?? "[]") as readonly string[];
  const text = JSON.stringify([...before, ...unacceptedCommands(study).map(({ id }) => id)]);
  return { type: "set-attribute", trial: null, system: true, key: ACCEPTED_KEY, text };
}

/** The error for a command that is not run before a person accepts it; `shown` is how it reads, without secrets. */
export function notAccepted(study: string, shown: string): AttuneError {
  const message = `Study "${study}" has a command that was set over a server, which is run only once a person on this machine has accepted it: ${shown}`;
  return new AttuneError("forbidden", message, { data: { study, command: shown } });
}

function remoteOf(extra: Extra): readonly RemoteCommand[] {
  const found = extra[REMOTE_KEY];
  return Array.isArray(found) ? (found as unknown as readonly RemoteCommand[]) : [];
}

import { learnSecrets, printedTemplate } from "../../record/secrets.ts";
import { type JsonValue, spaceToJson } from "../../space/index.ts";
import type { StudyOverview } from "../../storage/storage.ts";
import { requestOf } from "../../study/person-requests.ts";
import type { StudyReader } from "../../study/study-reader.ts";
import type { ComponentChoice } from "../../trial/study-definition.ts";
import type { OperationOutput } from "../operations/index.ts";

/** A study as lists tell it. */
export function studyRow({
  name,
  createdAt,
  revision,
  parts,
  damage,
}: StudyOverview): OperationOutput<"studies">["studies"][number] {
  return {
    name,
    createdAt: new Date(createdAt).toISOString(),
    revision,
    damage,
    metrics: [...(parts?.metrics ?? [])],
    sampler: parts?.settings.sampler.name ?? null,
    scheduler: parts?.settings.scheduler.name ?? null,
    trials: parts?.trials ?? 0,
    trialsSpent: parts?.trialsSpent ?? 0,
    paused: parts !== null && requestOf(parts)?.request === "pause",
  };
}

/** A study but for its trials, without the secrets that its commands hold. */
export function studyRecord(study: StudyReader): OperationOutput<"study"> {
  const { name, revision, seed, metrics, limits, settings, space, spaceVersion, length, trialsSpent, measured } = study;
  learnSecrets(settings.command);
  return {
    ...{ name, revision, seed },
    metrics: [...metrics],
    limits: [...limits],
    sampler: componentRecord(settings.sampler),
    scheduler: componentRecord(settings.scheduler),
    command: settings.command === null ? null : commandRecord(settings.command),
    space: spaceToJson(space),
    ...{ spaceVersion, trials: length, trialsSpent },
    measured: [...measured],
    paused: study.requested?.request === "pause",
  };
}

function commandRecord(
  command: Parameters<typeof printedTemplate>[0],
): NonNullable<OperationOutput<"study">["command"]> {
  const { input, ...printed } = printedTemplate(command);
  const words = "argv" in printed ? { argv: [...printed.argv] } : { shell: printed.shell };
  return input === undefined ? words : { ...words, input: input as unknown as JsonValue };
}

/** A program among the options is told without the secrets that its words hold. */
function componentRecord({ name, options }: ComponentChoice): OperationOutput<"study">["sampler"] {
  const { command } = options;
  if (!Array.isArray(command) || !command.every((word) => typeof word === "string")) return { name, options };
  learnSecrets({ argv: command });
  const printed = printedTemplate({ argv: command });
  return { name, options: { ...options, command: "argv" in printed ? [...printed.argv] : [] } };
}

import { AttuneError } from "../errors.ts";
import { readCommandTemplate } from "../protocol/command-template.ts";
import { compareSpaces, jsonEqual, spaceFromJson } from "../space/index.ts";
import type { StudyCommand } from "../trial/command.ts";
import type { Metric } from "../trial/metric.ts";
import type { CommandTemplate, StudyDefinition, StudySettings } from "../trial/study-definition.ts";
import type { StudyState } from "../trial/study-state.ts";

/** What an existing study must change to be the one asked for, and what to tell the user about it. */
export interface Reconciliation {
  readonly commands: readonly StudyCommand[];
  readonly notices: readonly string[];
}

/** Parts of a definition that the user named, the others being defaults. */
export interface GivenParts {
  readonly seed: boolean;
  readonly sampler: boolean;
  readonly scheduler: boolean;
}

/**
 * Compares an existing study with what is asked for now. A wider space, another sampler or other notes are taken over; another
 * metric, seed, program or an incompatible space is refused.
 *
 * A program that was never right may be mended: while no trial has a value, another command is taken over too.
 *
 * @param given - which of the parts the user named; what was left out stays as it is.
 * @throws AttuneError `study-changed`, listing what differs and what to do.
 */
export function reconcile(state: StudyState, wanted: StudyDefinition, given: GivenParts): Reconciliation {
  const { definition, settings } = state;
  const asked = wantedSettings(settings, wanted.settings, given);
  const refused: string[] = [];
  const notices: string[] = [];
  const commands: StudyCommand[] = [];
  if (!jsonEqual(definition.metrics, wanted.metrics)) {
    refused.push(`it tunes ${metricText(definition.metrics)}, not ${metricText(wanted.metrics)}`);
  }
  if (given.seed && definition.seed !== wanted.seed) refused.push(`its seed is ${definition.seed}, not ${wanted.seed}`);
  if (commandShape(settings.command) !== commandShape(asked.command)) {
    if (hasValues(state)) refused.push("its program or arguments are others");
    else notices.push("The program or its arguments changed; no trial had a value yet.");
  }
  const spaces = compareSpaces(spaceFromJson(state.space), spaceFromJson(wanted.space));
  if (spaces.kind === "incompatible") refused.push(...spaces.reasons);
  if (refused.length > 0) throw changed(definition.name, refused);
  if (spaces.kind === "widened") {
    const note = spaces.reasons.join("; ");
    commands.push({ type: "respace", space: wanted.space, note, expectedVersion: state.spaceVersion });
    notices.push(`The space was widened (${note}); old trials are kept.`);
  }
  if (!jsonEqual(settings, asked)) {
    commands.push({ type: "configure", settings: asked, expectedVersion: state.settingsVersion });
    if (!jsonEqual(settings.sampler, asked.sampler)) {
      notices.push(`The sampler changes from ${settings.sampler.name} to ${asked.sampler.name}.`);
    }
  }
  return { commands, notices };
}

function wantedSettings(settings: StudySettings, wanted: StudySettings, given: GivenParts): StudySettings {
  return {
    ...wanted,
    sampler: given.sampler ? wanted.sampler : settings.sampler,
    scheduler: given.scheduler ? wanted.scheduler : settings.scheduler,
  };
}

function hasValues(state: StudyState): boolean {
  return state.trials().some((trial) => trial.state === "complete" || trial.state === "pruned");
}

function changed(name: string, reasons: readonly string[]): AttuneError {
  return new AttuneError(
    "study-changed",
    `Study "${name}" exists and differs from what is asked for: ${reasons.join("; ")}. ` +
      "A study may only be continued as it was, or with a wider space. " +
      `Start another with --study NAME, go back to what it was, or remove it with: attune delete ${name}`,
    { data: { reasons } },
  );
}

function metricText(metrics: readonly Metric[]): string {
  return metrics.map((metric) => `${metric.direction} ${metric.name}`).join(", ");
}

/** The command with every declaration reduced to its name, so that a wider range is the same command. */
function commandShape(command: CommandTemplate | null): string {
  if (command === null) return "";
  const { form, arguments: words, input } = readCommandTemplate(command);
  const shape = words.map((pieces) => pieces.map((piece) => (piece.kind === "text" ? piece.text : [piece.name])));
  return JSON.stringify([form, shape, Object.entries(input).sort()]);
}

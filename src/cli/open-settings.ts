import { existsSync, statSync } from "node:fs";
import { AttuneError } from "../errors.ts";
import type { Storage } from "../storage/storage.ts";
import { createStudy, openStudy, type Study } from "../study/index.ts";
import type { RunSettings } from "./study-file/run-settings.ts";
import { defaultStudyName } from "./study-file/study-name.ts";
import { studySpace } from "./study-space.ts";

/**
 * The study that settings mean: the living one of that name when nothing of a study is given but its name, else a new one or
 * the one that fits. What an existing study has and the settings leave out (metric, sampler, space of a bare command) stays.
 *
 * @throws AttuneError that says what is missing, or what does not fit.
 */
export async function openSettings(settings: RunSettings, storage: Storage): Promise<Study> {
  const { command, space } = settings;
  const name = settings.study ?? (command === undefined ? undefined : defaultStudyName(command.template, isFile));
  if (name === undefined)
    throw new AttuneError("invalid-argument", "Say which study: a name, a study file, or a command.");
  const found = await storage.findStudy(name);
  if (command === undefined && space === undefined) {
    if (found === null && settings.metric !== undefined) studySpace(space, command);
    return rejectChange(await openStudy({ name, storage }), settings);
  }
  const before = found === null ? null : await openStudy({ name, storage });
  const metric = settings.metric ?? before?.metrics[0];
  if (metric === undefined) {
    const message = "No metric is given. Say what the program prints: --minimize loss or --maximize accuracy.";
    throw new AttuneError("invalid-argument", message);
  }
  const sampler = settings.sampler ?? before?.settings.sampler;
  return await createStudy({
    name,
    metrics: [metric],
    space: studySpace(space, command),
    storage,
    command: command?.template ?? null,
    ...(sampler === undefined ? {} : { sampler: { ...sampler.options, name: sampler.name } }),
    ...(settings.seed === undefined ? {} : { seed: settings.seed }),
  });
}

/** A study called by its name alone keeps what it is; asking for something else is refused. */
function rejectChange(study: Study, settings: RunSettings): Study {
  const { metric, seed, sampler } = settings;
  const [own] = study.metrics;
  if (metric !== undefined && (metric.name !== own?.name || metric.direction !== own.direction)) {
    const is = `${own?.direction} ${own?.name}`;
    throw new AttuneError(
      "study-changed",
      `Study ${study.name} tunes ${is}, not ${metric.direction} ${metric.name}. Begin another with --study NAME.`,
    );
  }
  if (seed !== undefined && seed !== study.seed) {
    throw new AttuneError(
      "study-changed",
      `Study ${study.name} has the seed ${study.seed}, not ${seed}. Begin another with --study NAME.`,
    );
  }
  if (sampler !== undefined && sampler.name !== study.settings.sampler.name) {
    throw new AttuneError(
      "study-changed",
      `Study ${study.name} has the sampler ${study.settings.sampler.name}; to change it to ${sampler.name}, give the whole command or study file again.`,
    );
  }
  return study;
}

function isFile(path: string): boolean {
  return existsSync(path) && statSync(path).isFile();
}

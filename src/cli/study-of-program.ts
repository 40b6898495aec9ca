import { AttuneError } from "../errors.ts";
import { type Space, spaceFromJson } from "../space/index.ts";
import type { Storage, StudyOverview, StudyParts } from "../storage/storage.ts";
import type { Study } from "../study/index.ts";
import { isSameProgram } from "../study/same-program.ts";
import type { RunSettings } from "./settings/run-settings.ts";
import { defaultStudyName } from "./study-file/study-name.ts";
import { studySpace } from "./study-space.ts";

/**
 * The study that a program is tuned in when no study is named: the one there is of the same program with the same arguments and
 * parameters (ranges may differ), whatever its name; else the one named after the program, which may not be there yet.
 *
 * @throws AttuneError `invalid-argument` when there are several, none of them named after the program.
 */
export async function studyOfProgram(settings: RunSettings, storage: Storage): Promise<string | null> {
  const { command } = settings;
  if (command === undefined) return null;
  const usual = defaultStudyName(command.template);
  const found: string[] = [];
  const studies = await storage.overview();
  const isSame = (one: StudyOverview): boolean => one.parts !== null && runsTheSame(one.parts, settings);
  for (const one of studies.filter(isSame)) {
    if (one.name === usual) return one.name;
    found.push(one.name);
  }
  if (found.length <= 1) return found[0] ?? usual;
  throw new AttuneError(
    "invalid-argument",
    `${found.length} studies in ${storage.location} run this program with these parameters: ${found.join(", ")}. ` +
      `Say which one goes on, by --study NAME, or --study ${usual} for a new one.`,
    { data: { names: found } },
  );
}

/** What to tell the user of a study that goes on under another name than a new one would have; else null. */
export function otherNameNotice({ study, command }: RunSettings, opened: Study): string | null {
  if (study !== undefined || command === undefined) return null;
  const usual = defaultStudyName(command.template);
  if (opened.name === usual) return null;
  return `Study ${opened.name} goes on: it runs the same program with the same parameters. For a new one: --study ${usual}.`;
}

function runsTheSame(study: StudyParts, settings: RunSettings): boolean {
  const { command, metric } = settings;
  const [own] = study.metrics;
  if (metric !== undefined && (metric.name !== own?.name || metric.direction !== own.direction)) return false;
  if (!isSameProgram(study.settings.command, command?.template ?? null)) return false;
  const names = (space: Space): string => JSON.stringify(space.parameters.map(({ name }) => name).sort());
  return names(spaceFromJson(study.space)) === names(studySpace(settings));
}

import { type MetricSettings, metricSettingsOf } from "../protocol/metric-settings.ts";
import { NEWEST_READER, readerVersionOf } from "../protocol/reader-version.ts";
import { quoteWord } from "../protocol/shell-quote.ts";
import { hasValues } from "../study/has-values.ts";
import type { Study } from "../study/index.ts";
import { commandOfStudy } from "./command-of-study.ts";
import { printedCommand } from "./secrets.ts";

/**
 * The settings with the version of the reading rules that the study is to have: its own once a trial has a value, since values
 * read by two sets of rules cannot be compared, else the newest.
 */
export function withReader(settings: MetricSettings, study: Study | null): MetricSettings {
  const { reader: _reader, ...rest } = settings;
  if (study === null || !hasValues(study.list())) return { ...rest, reader: NEWEST_READER };
  const { reader } = metricSettingsOf(study.settings.extra.metrics);
  return reader === undefined ? rest : { ...rest, reader };
}

/** A sentence about a study that is read by older rules than the newest, with the way to begin anew; or null. */
export function olderReaderNote(study: Study): string | null {
  if (study.settings.command === null || !hasValues(study.list())) return null;
  const version = readerVersionOf(metricSettingsOf(study.settings.extra.metrics));
  if (version === NEWEST_READER) return null;
  const name = `${study.name}-2`;
  const command = commandOfStudy(study, name);
  const anew =
    (command === null ? null : printedCommand(command)) ??
    `attune run --study ${quoteWord(name)}, with the study file or options as before`;
  return (
    `output is read by version ${version} of the rules, as when its values came; version ${NEWEST_READER} is for new studies. ` +
    `To begin one: ${anew}`
  );
}

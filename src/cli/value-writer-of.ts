import type { ValueWriter } from "../protocol/value-writer.ts";
import { type Space, spellParams } from "../space/index.ts";
import { writingOf } from "../study/writing.ts";
import type { StudySettings } from "../trial/study-definition.ts";

/** How a study writes values for programs; its space is looked at anew each time. */
export function valueWriterOf(study: { readonly space: Space; readonly settings: StudySettings }): ValueWriter {
  const writing = writingOf(study.settings);
  return { spell: (params) => spellParams(study.space, params, writing), plainPlaces: writing === 1 };
}

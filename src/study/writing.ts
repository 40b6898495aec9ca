import { AttuneError } from "../errors.ts";
import { type Space, type Writing, withoutSpelling } from "../space/index.ts";
import type { JsonValue } from "../space/json.ts";
import type { StudySettings } from "../trial/study-definition.ts";
import type { StudyState } from "../trial/study-state.ts";
import { hasValues } from "./has-values.ts";

/** The rules by which new studies write values for programs. */
export const NEWEST_WRITING: Writing = 2;

/**
 * The rules by which a study writes values for programs, kept as `settings.extra.writing`; 1 where none are.
 *
 * @throws AttuneError `invalid-argument` for rules of a later Attune.
 */
export function writingOf({ extra }: Pick<StudySettings, "extra">): Writing {
  const { writing = 1 } = extra;
  if (writing === 1 || writing === 2) return writing;
  const message =
    `The study writes values for programs by version ${JSON.stringify(writing)} of the rules, and this Attune knows versions 1 and ` +
    `${NEWEST_WRITING}. Go on with the Attune that made the study, or a newer one.`;
  throw new AttuneError("invalid-argument", message);
}

/** What a study keeps besides, with its own rules for writing values or, where it may still change them, the newest. */
export function withWriting(
  wanted: StudySettings["extra"],
  before: StudySettings["extra"],
  isFixed: boolean,
): StudySettings["extra"] {
  const { writing: _wanted, ...rest } = wanted;
  const writing: JsonValue | undefined = isFixed ? before.writing : NEWEST_WRITING;
  return writing === undefined ? rest : { ...rest, writing };
}

/** A space for a study: where its values keep their shortest form, how the user wrote them is no difference. */
export function ownWriting(state: StudyState, space: Space): Space {
  return writingOf(state.settings) === 1 && hasValues(state.scan()) ? withoutSpelling(space) : space;
}

import { AttuneError } from "../../errors.ts";
import { FIGURE_THEMES, type FigureRequest, type FigureSource, type MadeFigure, makeFigure } from "../../plot/index.ts";
import { learnStudySecrets, withoutSecretsInside } from "../../record/secrets.ts";
import type { LoadedStudy } from "../../storage/storage.ts";
import { figureSource } from "../../study/figure-source.ts";
import { KnownStudy } from "../../study/known-study.ts";
import { StudyReader } from "../../study/study-reader.ts";
import type { LoggedEvent } from "../../trial/event.ts";
import { stateFromParts } from "../../trial/evolve/snapshot.ts";
import type { TrialList } from "../../trial/list/trial-list.ts";
import { StudyState } from "../../trial/study-state.ts";
import { courseAnswer } from "../answers/course-answer.ts";
import { healthAnswer } from "../answers/health-answer.ts";
import { summaryAnswer } from "../answers/summary-answer.ts";
import type { OperationOutput, OperationParsed } from "../operations/index.ts";

/** A figure that is asked for: its data, or, where `drawn` says how, a picture. */
export interface FigureAsked {
  readonly look: "figure";
  readonly input: Omit<OperationParsed<"figure">, "study">;
  readonly drawn: Pick<OperationParsed<"figureSvg">, "theme" | "width" | "height" | "heading"> | null;
}

/** What else is asked of a study that all of its trials are looked at for. */
export type AnswerAsked =
  | { readonly look: "summary" | "health" }
  | { readonly look: "course"; readonly metric: string | undefined };

export type Asked = { readonly study: string } & (FigureAsked | AnswerAsked);

/** A study as a storage reads it from cold, in a form that goes to another thread. */
export type SentStudy = Pick<LoadedStudy, "head" | "blocks" | "events">;

interface Known {
  readonly known: KnownStudy;
  readonly study: StudyReader;
  source: FigureSource;
}

/** A study of which whatever is made at one revision goes by one list: of a hundred thousand trials each list is megabytes of columns. */
class LookedAt extends StudyReader {
  #list: { readonly revision: number; readonly list: TrialList } | null = null;

  override list(): TrialList {
    if (this.#list?.revision !== this.revision) this.#list = { revision: this.revision, list: super.list() };
    return this.#list.list;
  }
}

/** Makes figures and answers of the studies that it is sent, and kept up to date with. */
export class FigureMaker {
  readonly #studies = new Map<string, Known>();

  take(id: string, { head, blocks, events }: SentStudy): void {
    const state = head === null ? null : stateFromParts(head, blocks);
    const known = new KnownStudy(state ?? new StudyState());
    known.apply(events);
    const study = new LookedAt(known, id, "");
    this.#studies.set(id, { known, study, source: figureSource(study) });
  }

  /** What came since. */
  learn(id: string, events: readonly LoggedEvent[]): void {
    const own = this.#of(id);
    own.known.apply(events);
    if (events.length > 0) own.source = figureSource(own.study);
  }

  forget(id: string): void {
    this.#studies.delete(id);
  }

  /** The answer as JSON. AttuneError `invalid-argument` for a request that does not fit the study. */
  async make({ study: id, ...asked }: Asked): Promise<Uint8Array<ArrayBuffer>> {
    const known = this.#of(id);
    learnStudySecrets(known.study);
    const answer = asked.look === "figure" ? await figureAnswer(known, asked) : answerOf(known.study, asked);
    return new TextEncoder().encode(JSON.stringify(withoutSecretsInside(answer)));
  }

  #of(id: string): Known {
    const own = this.#studies.get(id);
    if (own === undefined)
      throw new AttuneError("internal", `The study ${id} was not sent before a figure of it was asked for.`);
    return own;
  }
}

async function figureAnswer({ study, source }: Known, { input, drawn }: FigureAsked): Promise<object> {
  const { figure, ...request } = input;
  const given = Object.fromEntries(Object.entries(request).filter(([, value]) => value !== undefined));
  const made = makeFigure(figure, source, { ...(given as FigureRequest), now: Date.now() });
  const shown = drawn === null ? { data: made.data } : { svg: await drawing(made, drawn) };
  return { ...toldOf(study.revision, made), ...shown };
}

/** The same wherever it is worked out. AttuneError `invalid-argument` for an objective that there is not. */
export function answerOf<A extends AnswerAsked>(study: StudyReader, asked: A): OperationOutput<A["look"]>;
export function answerOf(study: StudyReader, asked: AnswerAsked): OperationOutput<AnswerAsked["look"]> {
  if (asked.look === "course") return courseAnswer(study, asked.metric);
  return asked.look === "health" ? healthAnswer(study) : summaryAnswer(study);
}

async function drawing(
  made: MadeFigure,
  { theme: name, width, height, heading }: NonNullable<FigureAsked["drawn"]>,
): Promise<string> {
  const { drawFigure } = await import("../../drawing/draw-figure.ts");
  return await drawFigure(made, { ...FIGURE_THEMES[name], width, height, heading }, "svg");
}

function toldOf(revision: number, { name, title, sentence, empty }: MadeFigure) {
  return { revision, figure: name, title, sentence, empty: empty !== null };
}

import { AttuneError } from "../../errors.ts";
import { FIGURE_THEMES, type FigureRequest, type FigureSource, type MadeFigure, makeFigure } from "../../plot/index.ts";
import { learnStudySecrets, withoutSecretsInside } from "../../record/secrets.ts";
import type { LoadedStudy } from "../../storage/storage.ts";
import { figureSource } from "../../study/figure-source.ts";
import { KnownStudy } from "../../study/known-study.ts";
import { StudyReader } from "../../study/study-reader.ts";
import type { LoggedEvent } from "../../trial/event.ts";
import { stateFromParts } from "../../trial/evolve/snapshot.ts";
import { StudyState } from "../../trial/study-state.ts";
import type { OperationParsed } from "../operations/index.ts";

/** A figure that is asked for: its data, or, where `drawn` says how, a picture. */
export interface FigureAsked {
  readonly study: string;
  readonly input: Omit<OperationParsed<"figure">, "study">;
  readonly drawn: Pick<OperationParsed<"figureSvg">, "theme" | "width" | "height" | "heading"> | null;
}

/** A study as a storage reads it from cold, in a form that goes to another thread. */
export type SentStudy = Pick<LoadedStudy, "head" | "blocks" | "events">;

interface Known {
  readonly known: KnownStudy;
  readonly study: StudyReader;
  source: FigureSource;
}

/** Makes figures of the studies that it is sent, and kept up to date with. */
export class FigureMaker {
  readonly #studies = new Map<string, Known>();

  take(id: string, { head, blocks, events }: SentStudy): void {
    const state = head === null ? null : stateFromParts(head, blocks);
    const known = new KnownStudy(state ?? new StudyState());
    known.apply(events);
    const study = new StudyReader(known, id, "");
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
  async make({ study: id, input, drawn }: FigureAsked): Promise<Uint8Array<ArrayBuffer>> {
    const { study, source } = this.#of(id);
    const { figure, ...request } = input;
    const given = Object.fromEntries(Object.entries(request).filter(([, value]) => value !== undefined));
    const made = makeFigure(figure, source, { ...(given as FigureRequest), now: Date.now() });
    learnStudySecrets(study);
    const shown = drawn === null ? { data: made.data } : { svg: await drawing(made, drawn) };
    const answer = withoutSecretsInside({ ...toldOf(study.revision, made), ...shown });
    return new TextEncoder().encode(JSON.stringify(answer));
  }

  #of(id: string): Known {
    const own = this.#studies.get(id);
    if (own === undefined)
      throw new AttuneError("internal", `The study ${id} was not sent before a figure of it was asked for.`);
    return own;
  }
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

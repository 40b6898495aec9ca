import type { Storage } from "../../storage/storage.ts";
import { findStudy } from "../../study/find-study.ts";
import { headOverview } from "../../trial/evolve/snapshot.ts";
import { InTurn } from "../in-turn.ts";
import type { OperationParsed } from "../operations/index.ts";
import { Written } from "../written.ts";
import { type AnswerAsked, type Asked, type FigureAsked, FigureMaker, type SentStudy } from "./figure-maker.ts";
import { FigureWorker } from "./figure-worker.ts";

/** Answers that are kept: each figure of a study or two, and some for other metrics, pairs and widths. */
const MOST_KEPT = 32;
/** Studies that the thread knows at a time. */
const MOST_STUDIES = 4;
/** Events sent one by one; a study that moved further is sent anew. */
const MOST_NEWS = 50_000;
/** The thread ends when so long nothing was asked of it. */
const IDLE_MS = 10_000;

interface Answer {
  readonly revision: number;
  readonly json: Promise<Uint8Array<ArrayBuffer>>;
}

type Maker = FigureMaker | FigureWorker;

/**
 * Where figures are asked for, and answers that all trials are looked at for: of one revision each is made once, whoever asks, and what is
 * asked for while it waits to be made is made once too. They are made in a thread that is started for it and ends when nobody asks for a while.
 */
export class FigureDesk {
  readonly #storage: Storage;
  /** Those asked for last at the end. */
  readonly #answers = new Map<string, Answer>();
  readonly #waiting = new Map<string, Promise<Written>>();
  readonly #turns = new InTurn();
  /** Revisions at which the maker knows studies. */
  readonly #sent = new Map<string, number>();
  #maker: Maker | null = null;
  #idle: NodeJS.Timeout | null = null;

  constructor(storage: Storage) {
    this.#storage = storage;
  }

  /** @throws AttuneError `unknown-study`, and `invalid-argument` for a request that does not fit the study. */
  async ask({ study, ...input }: OperationParsed<"figure">, drawn: FigureAsked["drawn"] = null): Promise<Written> {
    return await this.#answered(study, { look: "figure", input, drawn });
  }

  /** The same of what else all trials are looked at for. */
  async answer(study: string, asked: AnswerAsked): Promise<Written> {
    return await this.#answered(study, asked);
  }

  /** Whether its thread is there. */
  get hasBegun(): boolean {
    return this.#maker !== null;
  }

  /** Has the thread be there for what is asked next. */
  begin(): void {
    this.#begin();
    this.#endWhenIdle();
  }

  #endWhenIdle(): void {
    if (this.#idle !== null) clearTimeout(this.#idle);
    this.#idle = setTimeout(() => void this.#turns.after("figures", async () => await this.#end()), IDLE_MS);
    this.#idle.unref();
  }

  async #answered(study: string, look: FigureAsked | AnswerAsked): Promise<Written> {
    const { id, revision } = await findStudy(this.#storage, study);
    const key = JSON.stringify([id, look]);
    const before = this.#answers.get(key);
    if (before?.revision === revision) return new Written(await before.json);
    const joined = this.#waiting.get(key);
    if (joined !== undefined) return await joined;
    let isBegun = false;
    const made = this.#turns.after("figures", async () => {
      isBegun = true;
      this.#waiting.delete(key);
      return new Written(await this.#made(key, { study: id, ...look }));
    });
    if (!isBegun) this.#waiting.set(key, made);
    return await made;
  }

  async close(): Promise<void> {
    await this.#turns.after("figures", async () => await this.#end());
  }

  async #made(key: string, asked: Asked): Promise<Uint8Array<ArrayBuffer>> {
    const revision = await this.#storage.revision(asked.study);
    const before = this.#answers.get(key);
    if (before?.revision === revision) return await before.json;
    const maker = this.#begin();
    await this.#send(maker, asked.study, revision);
    const json = maker.make(asked);
    this.#answers.delete(key);
    this.#answers.set(key, { revision, json });
    const [oldest] = this.#answers.keys();
    if (this.#answers.size > MOST_KEPT && oldest !== undefined) this.#answers.delete(oldest);
    try {
      return await json;
    } catch (error) {
      this.#answers.delete(key);
      throw error;
    } finally {
      this.#endWhenIdle();
    }
  }

  #begin(): Maker {
    if (this.#idle !== null) clearTimeout(this.#idle);
    this.#idle = null;
    if (this.#maker instanceof FigureWorker && this.#maker.ended) this.#forgetAll();
    this.#maker ??= newMaker();
    return this.#maker;
  }

  async #send(maker: Maker, study: string, revision: number): Promise<void> {
    const known = this.#sent.get(study);
    if (known === revision) return;
    if (known === undefined || revision - known > MOST_NEWS) maker.take(study, await this.#whole(study));
    else maker.learn(study, await this.#storage.read(study, known, revision));
    this.#sent.delete(study);
    this.#sent.set(study, revision);
    const [oldest] = this.#sent.keys();
    if (this.#sent.size <= MOST_STUDIES || oldest === undefined) return;
    this.#sent.delete(oldest);
    maker.forget(oldest);
  }

  /** What a snapshot of another form holds is read from the events. */
  async #whole(study: string): Promise<SentStudy> {
    const { head, blocks, events } = await this.#storage.load(study);
    if (head === null || headOverview(head) !== null) return { head, blocks, events };
    return { head: null, blocks: [], events: await this.#storage.read(study, 0) };
  }

  async #end(): Promise<void> {
    const maker = this.#maker;
    if (this.#idle !== null) clearTimeout(this.#idle);
    this.#forgetAll();
    if (maker instanceof FigureWorker) await maker.close();
  }

  #forgetAll(): void {
    this.#maker = null;
    this.#sent.clear();
  }
}

/** Where no thread can be started (`node --permission`) figures are made here, and others wait meanwhile. */
function newMaker(): Maker {
  try {
    return new FigureWorker();
  } catch {
    return new FigureMaker();
  }
}

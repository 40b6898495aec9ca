import { parentPort, workerData } from "node:worker_threads";
import { AttuneError } from "../errors.ts";
import type { StudyEvent } from "../trial/event.ts";
import { stateFromParts } from "../trial/evolve/snapshot.ts";
import { JointSuggester } from "./joint-suggester.ts";
import { StudyProjection } from "./study-projection.ts";
import type { FromSuggestionThread, SuggestionThreadData, ToSuggestionThread } from "./suggestion-messages.ts";

/** Events after which a model sees other rows than before. */
const CHANGES_ROWS: ReadonlySet<StudyEvent["type"]> = new Set([
  "finished",
  "passed",
  "paused",
  "imported",
  "invalidated",
  "restored",
]);

/** Computes a study's suggestions, and between them whatever the next one can already be known to need. */
class SuggestionThread {
  readonly #study: StudyProjection;
  readonly #suggester: JointSuggester;
  readonly #answer: (answer: FromSuggestionThread) => void;
  #preparing: NodeJS.Immediate | null = null;

  constructor({ head, blocks }: SuggestionThreadData, answer: (answer: FromSuggestionThread) => void) {
    const bodies = blocks.map(({ body }) => body);
    const known = stateFromParts(head, bodies);
    if (known === null)
      throw new AttuneError("internal", "The study's state that the thread was given is no snapshot.");
    this.#study = new StudyProjection(known);
    this.#suggester = new JointSuggester(this.#study);
    this.#answer = answer;
  }

  take(message: ToSuggestionThread): void {
    if (message.type === "news") {
      const news = this.#study.apply(message.events);
      if (news.some(({ event }) => CHANGES_ROWS.has(event.type))) this.#prepareSoon();
      return;
    }
    const { id, place, count, inputs } = message;
    this.#answer({ id, trials: this.#suggester.suggest(place, count, inputs) });
  }

  /** Not before the messages that wait have been taken: one of them may bring more news, or ask. */
  #prepareSoon(): void {
    this.#preparing ??= setImmediate(() => {
      this.#preparing = null;
      this.#suggester.prepare();
    });
  }
}

function serve(): void {
  const port = parentPort;
  if (port === null)
    throw new AttuneError("internal", "suggestion-thread is a worker thread's file; ask a study instead.");
  const thread = new SuggestionThread(workerData as SuggestionThreadData, (answer) => port.postMessage(answer));
  port.on("message", (message: ToSuggestionThread) => thread.take(message));
}

serve();

import type { Storage } from "../../storage/storage.ts";
import { readChanges } from "../handlers/study-changes.ts";

/** Changes in one look, and how often a silent stream says that it lives. */
const MOST_AT_ONCE = 1_000;
const ALIVE_MS = 15_000;
const encoder = new TextEncoder();

/**
 * The changes of a study after a revision as server-sent events (html.spec.whatwg.org, section 9.2), each with its revision as id. More is read
 * only as the reader takes it, so that one who is slow, or stands still, costs what one look holds and keeps nobody waiting.
 */
export function changeStream(
  storage: Storage,
  { id, after }: { readonly id: string; readonly after: number },
  over: AbortSignal,
  end: () => void,
): ReadableStream<Uint8Array> {
  let known = after;
  const cancelled = new AbortController();
  const ended = AbortSignal.any([over, cancelled.signal]);
  ended.addEventListener("abort", end, { once: true });
  return new ReadableStream<Uint8Array>(
    {
      start: (controller) => controller.enqueue(encoder.encode("retry: 2000\n\n")),
      pull: async (controller) => {
        const text = await nextEvents(storage, id, known, ended);
        if (text === null) {
          if (!cancelled.signal.aborted) controller.close();
          cancelled.abort();
          return;
        }
        known = text.revision;
        controller.enqueue(encoder.encode(text.events));
      },
      cancel: () => cancelled.abort(),
    },
    { highWaterMark: 0 },
  );
}

/** What there is to tell next; null once the stream is over. */
async function nextEvents(
  storage: Storage,
  id: string,
  after: number,
  ended: AbortSignal,
): Promise<{ readonly events: string; readonly revision: number } | null> {
  const { changes, revision } = await readChanges(storage, id, after, MOST_AT_ONCE);
  if (ended.aborted) return null;
  if (changes.length > 0) {
    const events = changes.map(
      (change) => `id: ${change.revision}\nevent: change\ndata: ${JSON.stringify(change)}\n\n`,
    );
    return { events: events.join(""), revision };
  }
  const silent = AbortSignal.any([ended, AbortSignal.timeout(ALIVE_MS)]);
  await storage.changed(id, after, silent);
  if (ended.aborted) return null;
  return { events: silent.aborted ? ": alive\n\n" : ": \n\n", revision };
}

const encoder = new TextEncoder();

/**
 * Server-sent events (html.spec.whatwg.org, section 9.2): `next` answers the text of those that come next, and null once there are no more. It is
 * asked only as the reader takes them, so that one who is slow, or stands still, costs what one look holds and keeps nobody waiting. `end` is
 * called once, when the stream is over, however that comes.
 */
export function eventStream(
  next: (ended: AbortSignal) => Promise<string | null>,
  over: AbortSignal,
  end: () => void,
): ReadableStream<Uint8Array> {
  const cancelled = new AbortController();
  const ended = AbortSignal.any([over, cancelled.signal]);
  if (ended.aborted) end();
  else ended.addEventListener("abort", end, { once: true });
  return new ReadableStream<Uint8Array>(
    {
      start: (controller) => controller.enqueue(encoder.encode("retry: 2000\n\n")),
      pull: async (controller) => {
        // What cannot be read ends the stream: who asks again is told why.
        const text = await next(ended).catch(() => null);
        if (text !== null) controller.enqueue(encoder.encode(text));
        else if (!cancelled.signal.aborted) {
          controller.close();
          cancelled.abort();
        }
      },
      cancel: () => cancelled.abort(),
    },
    { highWaterMark: 0 },
  );
}

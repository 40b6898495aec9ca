/** A body as text; null as soon as it is known to be longer than `most` bytes. `length` is what it says of itself, NaN where it does not. */
export async function readBody(request: Request, length: number, most: number): Promise<string | null> {
  if (length > most) return null;
  // What says its length is no longer than that: the parser of HTTP sees to it.
  if (Number.isFinite(length)) return await request.text();
  if (request.body === null) return "";
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of request.body as unknown as AsyncIterable<Uint8Array>) {
    bytes += part.length;
    if (bytes > most) return null;
    parts.push(part);
  }
  return Buffer.concat(parts).toString("utf8");
}

import { request } from "node:http";
import { Readable } from "node:stream";
import { AttuneError, type ErrorCode } from "../../errors.ts";
import { OPERATIONS, type OperationName } from "../operations/index.ts";

type Send = (path: string, init: RequestInit) => Response | Promise<Response>;

/** The request that asks an operation. */
export function requestOf(
  name: string,
  input: Readonly<Record<string, unknown>>,
): { readonly path: string; readonly init: RequestInit } {
  const { method, path } = OPERATIONS[name as OperationName].http;
  const rest = { ...input };
  const place = path.replace(/\{(\w+)\}/g, (_, field: string) => {
    const value = rest[field];
    delete rest[field];
    return encodeURIComponent(String(value));
  });
  if (method !== "GET") {
    const headers = { "content-type": "application/json" };
    return { path: `/v1${place}`, init: { method, headers, body: JSON.stringify(rest) } };
  }
  const query = new URLSearchParams();
  for (const [field, value] of Object.entries(rest)) for (const one of [value].flat()) query.append(field, String(one));
  return { path: `/v1${place}${query.size > 0 ? `?${query}` : ""}`, init: { method } };
}

/** Sends to a server as fetch does, on a connection of its own, with whatever headers it is told, also those that browsers keep for themselves. */
export function sendTo(port: number): Send {
  return async (path, { method = "GET", headers = {}, body = null }) => {
    const { promise, resolve, reject } = Promise.withResolvers<Response>();
    const options = { host: "127.0.0.1", port, path, method, headers: headers as Record<string, string>, agent: false };
    const sent = request(options, (answer) => {
      const shown = new Headers();
      for (const [name, values = []] of Object.entries(answer.headersDistinct))
        for (const value of values) shown.append(name, value);
      const status = answer.statusCode!;
      const content = method === "HEAD" ? null : (Readable.toWeb(answer) as ReadableStream<Uint8Array<ArrayBuffer>>);
      resolve(new Response(content, { status, headers: shown }));
    });
    // A server that has answered may close before the body is through.
    sent.on("error", reject);
    if (body instanceof ReadableStream)
      Readable.fromWeb(body as never)
        .on("error", reject)
        .pipe(sent);
    else sent.end(body as string | null);
    return await promise;
  };
}

/** A client of a server over HTTP. */
export function httpClient(send: Send, token: string): (name: string, input: unknown) => Promise<unknown> {
  return async (name, input) => {
    const { path, init } = requestOf(name, input as Readonly<Record<string, unknown>>);
    const headers = {
      host: "127.0.0.1",
      authorization: `Bearer ${token}`,
      ...(init.headers as Record<string, string>),
    };
    const response = await send(path, { ...init, headers });
    const body = (await response.json()) as { readonly code: ErrorCode; readonly detail: string };
    if (response.ok) return body;
    throw new AttuneError(body.code, body.detail);
  };
}

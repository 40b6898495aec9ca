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

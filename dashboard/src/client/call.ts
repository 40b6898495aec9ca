import type { OperationInput, OperationName, OperationOutput } from "../../../src/server/operations/index.ts";
import { keepSecret, secretOf } from "./session.ts";

/** A refusal of the server: its sentence, and what kind it is. */
export class Refusal extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, sentence: string) {
    super(sentence);
    this.status = status;
    this.code = code;
  }
}

type Told = ReadonlySet<(isKnown: boolean) => void>;
const listeners = new Set<(isKnown: boolean) => void>();

/** Tells whenever the server does not know this page any more. Answers what ends that. */
export function onUnknown(listener: (isKnown: boolean) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Says that the server knows this page, or does not. */
export function tellKnown(isKnown: boolean): void {
  if (!isKnown) keepSecret(null);
  for (const listener of listeners as Told) listener(isKnown);
}

/** Headers by which the server knows this page. */
export function named(): Readonly<Record<string, string>> {
  return { authorization: `Bearer ${secretOf() ?? ""}` };
}

/**
 * Asks the server for an operation.
 *
 * @throws Refusal with the server's sentence; one of status 0 where it does not answer.
 */
export async function call<N extends OperationName>(
  name: N,
  input: OperationInput<N>,
  signal?: AbortSignal,
): Promise<OperationOutput<N>> {
  const { url, init } = requestOf(name, input as Readonly<Record<string, unknown>>);
  const answer = await fetch(url, {
    ...init,
    headers: { ...init.headers, ...named() },
    ...(signal && { signal }),
  }).catch((error: unknown) => {
    if (signal?.aborted) throw error;
    throw new Refusal(0, "no-answer", "The server does not answer. It may have ended: attune ui opens the page anew.");
  });
  if (answer.ok) return (await answer.json()) as OperationOutput<N>;
  const told = (await answer.json().catch(() => ({}))) as { readonly detail?: string; readonly code?: string };
  if (answer.status === 401) tellKnown(false);
  throw new Refusal(answer.status, told.code ?? "", told.detail ?? `The server answers ${answer.status}.`);
}

interface PlainRequest {
  readonly url: string;
  readonly init: RequestInit & { readonly headers: Readonly<Record<string, string>> };
}

function requestOf(name: string, input: Readonly<Record<string, unknown>>): PlainRequest {
  const { method, path } = OPERATION_PLACES[name]!;
  const left = new Map(Object.entries(input).filter(([, value]) => value !== undefined));
  const place = path.replace(/\{(\w+)\}/g, (_whole, field: string) => {
    const value = left.get(field);
    left.delete(field);
    return encodeURIComponent(String(value));
  });
  if (method !== "GET")
    return {
      url: `v1${place}`,
      init: { method, headers: { "content-type": "application/json" }, body: JSON.stringify(Object.fromEntries(left)) },
    };
  const query = new URLSearchParams();
  for (const [field, value] of left)
    for (const one of Array.isArray(value) ? value : [value]) query.append(field, String(one));
  return { url: `v1${place}${query.size === 0 ? "" : `?${query}`}`, init: { method, headers: {} } };
}

import type { OperationInput, OperationName, OperationOutput } from "../../../src/server/operations/index.ts";
import { keepSecret, secretOf } from "./session.ts";
import { partsOfRef, severalStorages, studyRef } from "./storages.ts";

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

type Given = Readonly<Record<string, unknown>>;

/**
 * Asks the server for an operation. Where it has several storages studies are named by their refs, in what is given and in what is
 * answered, and the list of studies is of all storages.
 *
 * @throws Refusal with the server's sentence; one of status 0 where it does not answer.
 */
export async function call<N extends OperationName>(
  name: N,
  input: OperationInput<N>,
  signal?: AbortSignal,
): Promise<OperationOutput<N>> {
  const given = input as Given;
  if (severalStorages().length === 0) return (await ask(name, "", given, signal)) as OperationOutput<N>;
  if (name === "studies") return (await studiesOfAll(given, signal)) as OperationOutput<N>;
  const field = name === "createStudy" ? "name" : "study";
  const ref = given[field];
  const { storage, study } = partsOfRef(typeof ref === "string" ? ref : "");
  const own = typeof ref === "string" ? { ...given, [field]: study } : given;
  const answer = await ask(name, `storages/${storage}/`, own, signal);
  return withRef(name, answer, storage) as OperationOutput<N>;
}

interface Named {
  readonly name: string;
}

/** The answer with the study in it called as everywhere in the page. */
function withRef(name: OperationName, answer: unknown, storage: string | null): unknown {
  const renamed = <T extends Named>(study: T): T => ({ ...study, name: studyRef(storage, study.name) });
  if (name === "study") return renamed(answer as Named);
  if (name !== "createStudy") return answer;
  const { study, ...others } = answer as { readonly study: Named };
  return { ...others, study: renamed(study) };
}

async function studiesOfAll(given: Given, signal: AbortSignal | undefined): Promise<OperationOutput<"studies">> {
  const lists = severalStorages().map(async ({ name: storage }) => {
    const { studies } = (await ask("studies", `storages/${storage}/`, given, signal)) as OperationOutput<"studies">;
    return studies.map((row) => ({ ...row, name: studyRef(storage, row.name) }));
  });
  const studies = (await Promise.all(lists)).flat();
  return { studies: studies.sort((a, b) => a.createdAt.localeCompare(b.createdAt)), next: null };
}

async function ask(
  name: OperationName,
  before: string,
  given: Given,
  signal: AbortSignal | undefined,
): Promise<unknown> {
  const { url, init } = requestOf(name, before, given);
  const answer = await fetch(url, {
    ...init,
    headers: { ...init.headers, ...named() },
    ...(signal && { signal }),
  }).catch((error: unknown) => {
    if (signal?.aborted) throw error;
    throw new Refusal(0, "no-answer", "The server does not answer. It may have ended: attune ui opens the page anew.");
  });
  if (answer.ok) return await answer.json();
  const told = (await answer.json().catch(() => ({}))) as { readonly detail?: string; readonly code?: string };
  if (answer.status === 401) tellKnown(false);
  throw new Refusal(answer.status, told.code ?? "", told.detail ?? `The server answers ${answer.status}.`);
}

interface PlainRequest {
  readonly url: string;
  readonly init: RequestInit & { readonly headers: Readonly<Record<string, string>> };
}

function requestOf(name: string, before: string, input: Given): PlainRequest {
  const { method, path } = OPERATION_PLACES[name]!;
  const left = new Map(Object.entries(input).filter(([, value]) => value !== undefined));
  const place = path.replace(/\{(\w+)\}/g, (_whole, field: string) => {
    const value = left.get(field);
    left.delete(field);
    return encodeURIComponent(String(value));
  });
  if (method !== "GET")
    return {
      url: `${before}v1${place}`,
      init: { method, headers: { "content-type": "application/json" }, body: JSON.stringify(Object.fromEntries(left)) },
    };
  const query = new URLSearchParams();
  for (const [field, value] of left)
    for (const one of Array.isArray(value) ? value : [value]) query.append(field, String(one));
  return { url: `${before}v1${place}${query.size === 0 ? "" : `?${query}`}`, init: { method, headers: {} } };
}

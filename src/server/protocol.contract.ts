import { readFileSync } from "node:fs";
import { afterEach, describe, expect, it } from "vitest";
import { AttuneError } from "../errors.ts";

/** One end of a conversation on an empty storage. */
export interface ProtocolClient {
  /** Rejects with an AttuneError whose code is that of the answer. */
  call(operation: string, input: unknown): Promise<unknown>;
  close(): Promise<void>;
}

interface Step {
  readonly call: string;
  readonly input: unknown;
  readonly answer?: unknown;
  readonly error?: string;
  readonly keep?: Readonly<Record<string, readonly string[]>>;
}

const file = new URL("../../tests/protocol/contract.json", import.meta.url);
const { cases } = JSON.parse(readFileSync(file, "utf8")) as {
  readonly cases: readonly { readonly name: string; readonly steps: readonly Step[] }[];
};

/** What every way to a server must hold: the cases of tests/protocol/contract.json. */
export function protocolContract(name: string, open: () => Promise<ProtocolClient>): void {
  describe(`the protocol by ${name}`, () => {
    let client: ProtocolClient | null = null;
    afterEach(async () => {
      await client?.close();
      client = null;
    });

    it.each(cases.map((one) => [one.name, one.steps] as const))("%s", async (_, steps) => {
      client = await open();
      const kept = new Map<string, unknown>();
      for (const step of steps) await take(client, step, kept);
    });
  });
}

async function take(client: ProtocolClient, step: Step, kept: Map<string, unknown>): Promise<void> {
  const input = filled(step.input, kept);
  if (step.error !== undefined) {
    const error = await client.call(step.call, input).catch((thrown: unknown) => thrown);
    expect(error, `${step.call} ${JSON.stringify(input)}`).toBeInstanceOf(AttuneError);
    expect((error as AttuneError).code, `${step.call} ${JSON.stringify(input)}`).toBe(step.error);
    return;
  }
  const answer = await client.call(step.call, input);
  if (step.answer !== undefined) expectHolds(answer, filled(step.answer, kept), step.call);
  for (const [name, path] of Object.entries(step.keep ?? {}))
    kept.set(
      name,
      path.reduce<unknown>((value, key) => (value as Record<string, unknown>)[key], answer),
    );
}

function filled(value: unknown, kept: ReadonlyMap<string, unknown>): unknown {
  if (Array.isArray(value)) return value.map((item) => filled(item, kept));
  if (typeof value !== "object" || value === null) return value;
  const name = (value as { readonly $?: unknown }).$;
  if (typeof name === "string") return kept.get(name);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, filled(inner, kept)]));
}

function expectHolds(value: unknown, wanted: unknown, place: string): void {
  if (Array.isArray(wanted)) {
    expect(Array.isArray(value), place).toBe(true);
    expect((value as readonly unknown[]).length, `${place}.length`).toBe(wanted.length);
    for (const [index, item] of wanted.entries()) expectHolds((value as unknown[])[index], item, `${place}[${index}]`);
  } else if (typeof wanted === "object" && wanted !== null) {
    const type = (wanted as { readonly $type?: unknown }).$type;
    if (typeof type === "string") expect(typeof value, place).toBe(type);
    else
      for (const [key, inner] of Object.entries(wanted))
        expectHolds((value as Record<string, unknown>)[key], inner, `${place}.${key}`);
  } else expect(value, place).toEqual(wanted);
}

/** A study in memory that is asked and told like a peer, in a process of its own: `node bench/cases/attune-peer.ts SAMPLER`. */
import { createInterface } from "node:readline";
import { createStudy, type JsonValue, type Params } from "../../src/index.ts";
import { spaceFromJson } from "../../src/space/space-from-json.ts";
import type { Study } from "../../src/study/index.ts";
import { importMeasured } from "../support/import-measured.ts";

interface Message {
  readonly op: "open" | "ask" | "tell";
  readonly trial: number;
  readonly params: Params;
  readonly value: number | null;
  readonly parameters: JsonValue;
  readonly seed: number;
}

let study: Study | null = null;
const asked = new Map<number, Awaited<ReturnType<Study["ask"]>>>();
/** Trials made elsewhere, which are taken over at the next ask. */
const told: { readonly params: Params; readonly loss: number }[] = [];

async function answer(message: Message): Promise<Params | null> {
  if (message.op === "open") {
    await study?.close();
    asked.clear();
    const space = spaceFromJson({ version: 1, parameters: message.parameters, where: [] });
    study = await createStudy({ name: "peer", minimize: "loss", space, sampler: process.argv[2]!, seed: message.seed });
    return null;
  }
  const loss = message.op === "tell" && message.value !== null ? -message.value : Number.NaN;
  const trial = asked.get(message.trial);
  if (message.op === "tell" && trial === undefined) told.push({ params: message.params, loss });
  else if (message.op === "tell") await study!.tell(trial!, loss);
  if (message.op === "tell") return null;
  if (told.length > 0) {
    const losses = new Map(told.map((one) => [one.params, one.loss]));
    await importMeasured(study!, [...losses.keys()], (params) => losses.get(params)!);
    told.length = 0;
  }
  const next = await study!.ask();
  asked.set(message.trial, next);
  return next.params;
}

for await (const line of createInterface({ input: process.stdin })) {
  const message: Message = JSON.parse(line);
  const [begin, used] = [performance.now(), process.cpuUsage()];
  const params = await answer(message);
  const seconds = (performance.now() - begin) / 1e3;
  const { user, system } = process.cpuUsage(used);
  process.stdout.write(`${JSON.stringify({ params, seconds, cpuSeconds: (user + system) / 1e6 })}\n`);
}

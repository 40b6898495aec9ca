import { AttuneError } from "../errors.ts";
import { withoutSecrets, withoutSecretsInside } from "../record/secrets.ts";
import type { Storage } from "../storage/storage.ts";
import type { ChangeRequest } from "../trial/change-request.ts";
import type { Caller } from "./caller.ts";
import { FigureDesk } from "./figures/figure-desk.ts";
import { type Handlers, handlers } from "./handlers/index.ts";
import { IdempotentCalls } from "./idempotent-calls.ts";
import { InTurn } from "./in-turn.ts";
import { OpenStudies } from "./open-studies.ts";
import { mayAct, OPERATIONS, type Operation, type OperationName, type OperationOutput } from "./operations/index.ts";
import { readInput } from "./operations/read-input.ts";
import { HostedRuns } from "./runs/hosted-runs.ts";
import { Written } from "./written.ts";

/** What handlers work with. */
export interface CallContext {
  readonly storage: Storage;
  readonly studies: OpenStudies;
  readonly figures: FigureDesk;
  /** What concerns one trial is done in the order in which it was asked. */
  readonly turns: InTurn;
  /** Runs whose trials callers run. */
  readonly runs: HostedRuns;
  readonly caller: Caller;
  /** For a call that comes with a key, and may be asked again with it: kept with what it changes, so that nothing is done twice. */
  readonly request: ChangeRequest | null;
  readonly waiting: Waiting;
}

/** Whether somebody still waits for an answer. */
export interface Waiting {
  readonly isGone: boolean;
  /** Aborted when nobody does any more; made when it is asked for. */
  readonly signal: AbortSignal;
}

export interface CallOptions {
  readonly caller: Caller;
  /** Calls with the same key are carried out once. */
  readonly key?: string | null;
  readonly waiting?: Waiting;
}

const ALWAYS: Waiting = { isGone: false, signal: new AbortController().signal };

/** The operations on the studies of a storage, for every way in: checks who asks and what, and does it. */
export class StudyService {
  readonly #storage: Storage;
  readonly #studies: OpenStudies;
  readonly #figures: FigureDesk;
  readonly #turns = new InTurn();
  readonly #keys = new IdempotentCalls();
  readonly #runs = new HostedRuns();

  constructor(storage: Storage) {
    this.#storage = storage;
    this.#studies = new OpenStudies(storage);
    this.#figures = new FigureDesk(storage);
  }

  /** @throws AttuneError: `forbidden`, `invalid-argument`, and those of the operation. */
  async call<N extends OperationName>(name: N, given: unknown, options: CallOptions): Promise<OperationOutput<N>> {
    const answer = await this.answer(name, given, options);
    return answer instanceof Written ? (answer.value as OperationOutput<N>) : answer;
  }

  /** The same for who passes it on: what is written already stays so. */
  async answer<N extends OperationName>(
    name: N,
    given: unknown,
    options: CallOptions,
  ): Promise<OperationOutput<N> | Written> {
    const { caller, key = null, waiting = ALWAYS } = options;
    const { role, input: schema }: Operation = OPERATIONS[name];
    if (!mayAct(caller.role, role)) throw forbidden(name, caller.role, role);
    const input = readInput(name, schema, given);
    try {
      if (key === null || role === "reader") return await this.#done(name, input, this.#context(caller, waiting, null));
      return await this.#keys.once(key, [name, input], (request) =>
        this.#done(name, input, this.#context(caller, waiting, request)),
      );
    } catch (error) {
      throw withoutItsSecrets(error);
    }
  }

  #context(caller: Caller, waiting: Waiting, request: ChangeRequest | null): CallContext {
    return {
      storage: this.#storage,
      studies: this.#studies,
      figures: this.#figures,
      turns: this.#turns,
      runs: this.#runs,
      caller,
      waiting,
      request,
    };
  }

  async #done<N extends OperationName>(
    name: N,
    input: unknown,
    context: CallContext,
  ): Promise<OperationOutput<N> | Written> {
    const { secrets }: Operation = OPERATIONS[name];
    const output = await (handlers[name] as Handlers[N])(input as never, context);
    if (secrets === "shown" || output instanceof Written) return output as OperationOutput<N> | Written;
    return withoutSecretsInside(output) as OperationOutput<N>;
  }

  /** Closes the studies, not the storage. */
  async close(): Promise<void> {
    await this.#runs.close();
    await this.#figures.close();
    await this.#studies.close();
  }
}

function forbidden(name: string, has: string, needs: string): AttuneError {
  return new AttuneError("forbidden", `${name} needs the role ${needs}, and the caller is ${has}.`);
}

/** What a message quotes may hold secrets. */
function withoutItsSecrets(error: unknown): unknown {
  if (!(error instanceof AttuneError)) return error;
  const { code, message, data, position } = error;
  const clean = withoutSecretsInside(data) as AttuneError["data"];
  return new AttuneError(code, withoutSecrets(message), { cause: error, data: clean, ...(position && { position }) });
}

import { AttuneError } from "../../errors.ts";
import { AwakeTimer } from "../../executor/awake-timer.ts";
import { commandSecrets } from "../../executor/command/command-secrets.ts";
import { SecretRedactor } from "../../executor/command/secret-redactor.ts";
import { LineProgram } from "../../executor/line-program.ts";
import { JsonRpcPeer } from "../../protocol/json-rpc/json-rpc-peer.ts";
import { readSamplerProgram, type SamplerProgram } from "../../sampler/program/program.ts";
import { checkParams, decodeValue, jsonEqual, type Space, spaceToJson } from "../../space/index.ts";
import type { JsonValue, Params } from "../../space/json.ts";
import type { ProposedTrial } from "../../trial/command.ts";
import { encodeNumber } from "../../trial/encoded-number.ts";
import { RowReader } from "../../trial/history/row-reader.ts";
import { type HistoryView, STATE_CODES } from "../../trial/history-view.ts";
import type { Values } from "../../trial/trial.ts";
import { ENGINE } from "../engine.ts";
import { notAccepted, samplerCommand, unacceptedCommands } from "../remote-commands.ts";
import type { StudyProjection } from "../study-projection.ts";
import type { SuggestionPlace } from "../suggest.ts";
import { type AskParams, type InitializeParams, SAMPLER_PROTOCOL, type ToldTrial } from "./sampler-protocol.ts";
import type { SuggestingProgram } from "./suggesting-program.ts";

/** Trials told in one call: a history of any length is told in bounded lines. */
const TOLD_AT_ONCE = 1_000;
/** Letters of what it said wrongly that are told. */
const QUOTED = 200;

interface Running {
  /** Of which settings and space it was told. */
  readonly version: string;
  readonly program: LineProgram;
  readonly peer: JsonRpcPeer;
  readonly settings: SamplerProgram;
  /** What it says may quote what it was started with. */
  readonly redactor: SecretRedactor;
  readonly rows: RowReader;
}

/** A study's sampler that is a program of the user's: started when it is first asked, told what happened since, asked, and ended with the study. */
class OutsideSampler implements SuggestingProgram {
  readonly #study: StudyProjection;
  #running: Running | null = null;
  #busy = 0;

  constructor(study: StudyProjection) {
    this.#study = study;
  }

  async suggest(
    place: SuggestionPlace,
    count: number,
    inputs: Readonly<Record<string, number>>,
  ): Promise<readonly ProposedTrial[]> {
    this.#busy += 1;
    try {
      return await this.#suggest(place, count, inputs);
    } finally {
      this.#busy -= 1;
    }
  }

  async rest(): Promise<void> {
    if (this.#busy === 0) await this.close();
  }

  async close(): Promise<void> {
    const running = this.#running;
    this.#running = null;
    await running?.program.close();
  }

  async #suggest(
    place: SuggestionPlace,
    count: number,
    inputs: Readonly<Record<string, number>>,
  ): Promise<readonly ProposedTrial[]> {
    const { space, state } = this.#study;
    const { spaceVersion, settingsVersion } = state;
    const view = this.#study.history.view(place.view);
    const within = view.withinSpace();
    const running = await this.#toldOf(within, space);
    const { number, index } = place;
    const pending = view.pending.map((trial) => ({ number: trial.number, params: trial.params }));
    const asked: AskParams = { number, count, index, remaining: inputs.remaining ?? null, pending };
    const answer = await this.#call(running, "ask", asked as unknown as JsonValue);
    const suggestion = { view: place.view, spaceVersion, settingsVersion, batchFirst: number, engine: ENGINE, inputs };
    return readSuggestions(answer, count, space, running.redactor).map((params, k) => ({
      number: number + k,
      params,
      suggestion: { ...suggestion, index: index + k },
    }));
  }

  /** The program, which knows all rows of the view; started anew where it was told what is no longer so. */
  async #toldOf(view: HistoryView, space: Space): Promise<Running> {
    const version = `${this.#study.state.settingsVersion}.${this.#study.state.spaceVersion}`;
    const current = this.#running?.version === version ? this.#running : null;
    const fresh = current?.rows.read(view) ?? null;
    if (current !== null && fresh !== null) {
      await this.#tell(current, view, space, fresh);
      return current;
    }
    await this.close();
    const started = this.#start(version);
    const { metrics, definition } = this.#study.state;
    const first: InitializeParams = {
      protocol: SAMPLER_PROTOCOL,
      space: spaceToJson(space),
      metrics,
      seed: definition.seed,
    };
    const answer = await this.#call(started, "initialize", first as unknown as JsonValue);
    requireProtocol(answer, started.settings.command[0]);
    await this.#tell(started, view, space, started.rows.read(view) ?? view.rows);
    return started;
  }

  #start(version: string): Running {
    const settings = readSamplerProgram(this.#study.state.settings.sampler.options);
    const redactor = new SecretRedactor(process.env, commandSecrets({ argv: settings.command }));
    const stray = (line: string): void => {
      peer.end(noMessage(settings, redactor.clean(line)));
      program.kill();
    };
    requireAccepted(this.#study, redactor);
    const peer = new JsonRpcPeer((line) => program.write(line), {}, { stray });
    const program: LineProgram = new LineProgram(settings.command, redactor, {
      line: (line) => peer.take(line),
      ended: (error) => {
        peer.end(error);
        if (this.#running?.peer === peer) this.#running = null;
      },
    });
    this.#running = { version, program, peer, settings, redactor, rows: new RowReader() };
    return this.#running;
  }

  async #tell(running: Running, view: HistoryView, space: Space, rows: Int32Array): Promise<void> {
    for (let from = 0; from < rows.length; from += TOLD_AT_ONCE) {
      const part = rows.subarray(from, from + TOLD_AT_ONCE);
      const trials = Array.from(part, (row) => toldOf(view, space, row));
      await this.#call(running, "tell", { trials } as unknown as JsonValue);
    }
  }

  /** The answer in time; a program that does not give one is ended. */
  async #call({ program, peer, settings, redactor }: Running, method: string, params: JsonValue): Promise<JsonValue> {
    program.hold();
    const late = new AwakeTimer(settings.timeout * 1_000, () => {
      peer.end(tooLate(settings, method));
      program.kill();
    });
    try {
      return await peer.request(method, params);
    } catch (error) {
      if (!(error instanceof AttuneError)) throw error;
      throw new AttuneError(error.code, redactor.clean(error.message), { data: error.data });
    } finally {
      late.clear();
      program.release();
    }
  }
}

/** The program that is the study's sampler, started when it is first asked. */
export function createOutsideSampler(study: StudyProjection): SuggestingProgram {
  return new OutsideSampler(study);
}

function toldOf({ columns }: HistoryView, space: Space, row: number): ToldTrial {
  const params: Record<string, JsonValue> = {};
  for (const p of space.parameters) {
    const code = columns.params[p.name]?.[row] ?? Number.NaN;
    if (!Number.isNaN(code)) params[p.name] = decodeValue(p, code);
  }
  const values: Record<string, Values[string]> = {};
  for (const [name, column] of Object.entries(columns.values)) {
    if (!Number.isNaN(column[row]!)) values[name] = encodeNumber(column[row]!);
  }
  const state = STATE_CODES[columns.state[row]!] as ToldTrial["state"];
  const step = columns.step[row]!;
  return { number: columns.trial[row]!, params, state, values, ...(!Number.isNaN(step) && { step }) };
}

function requireProtocol(answer: JsonValue, program: string): void {
  const { protocol } =
    typeof answer === "object" && answer !== null && "protocol" in answer ? answer : { protocol: null };
  if (protocol === SAMPLER_PROTOCOL) return;
  const message = `The program ${JSON.stringify(program)} answers initialize without {"protocol": ${SAMPLER_PROTOCOL}}; see the reference of the sampler protocol.`;
  throw new AttuneError("user-code", message);
}

/** Fewer than asked for, also none, mean that it has no more. */
function readSuggestions(answer: JsonValue, count: number, space: Space, redactor: SecretRedactor): readonly Params[] {
  const quote = (value: unknown): string => redactor.clean(JSON.stringify(value)).slice(0, QUOTED);
  const { trials } = typeof answer === "object" && answer !== null && "trials" in answer ? answer : { trials: null };
  const allowed =
    'answer {"trials": [{"params": {…}}, …]}, one for each that is asked for, or fewer when there are no more';
  if (!Array.isArray(trials) || trials.length > count)
    throw new AttuneError("user-code", `The sampler answers ask with ${quote(answer)}; ${allowed}.`);
  return trials.map((trial: { readonly params?: Params } | null) => {
    const params = trial?.params;
    if (typeof params !== "object" || params === null)
      throw new AttuneError("user-code", `The sampler suggests ${quote(trial)}; ${allowed}.`);
    const [problem] = checkParams(space, params);
    if (problem !== undefined)
      throw new AttuneError("invalid-params", `The sampler suggests what cannot be run: ${redactor.clean(problem)}`);
    return params;
  });
}

function noMessage({ command }: SamplerProgram, line: string): AttuneError {
  const way =
    "its standard output is for the messages of the sampler protocol alone; write anything else to standard error";
  return new AttuneError(
    "user-code",
    `The program ${JSON.stringify(command[0])} wrote ${JSON.stringify(line.slice(0, QUOTED))}, which is no JSON; ${way}.`,
  );
}

function tooLate({ command, timeout }: SamplerProgram, method: string): AttuneError {
  const way = "give it more time by the option timeout (seconds), or see what it waits for";
  return new AttuneError(
    "user-code",
    `The program ${JSON.stringify(command[0])} did not answer ${method} within ${timeout} s; ${way}.`,
  );
}

/** AttuneError `forbidden` for a program that was set over a server and that nobody accepted here. */
function requireAccepted({ state }: StudyProjection, redactor: SecretRedactor): void {
  const own = samplerCommand(state.settings.sampler);
  if (own === null || !unacceptedCommands(state).some(({ command }) => jsonEqual(command, own))) return;
  throw notAccepted(state.name, redactor.clean(JSON.stringify(own)));
}

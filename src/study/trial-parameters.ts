import { AttuneError } from "../errors.ts";
import {
  describeValues,
  domainOf,
  type FidelityParameter,
  isActive,
  isParameterValue,
  type JsonValue,
  jsonEqual,
  type Parameter,
} from "../space/index.ts";
import { fidelityOf } from "../trial/fidelity-of.ts";
import type { Definition, Trial } from "../trial/trial.ts";
import type { StudyLog } from "./study-log.ts";

/** Definitions wait this long for company. */
const DELAY_MS = 50;

/**
 * The parameters that one running trial asks for. Answers at once; what is new goes to the log a little later, or with `flush`,
 * which everything else that the trial writes must follow.
 */
export class TrialParameters {
  readonly #log: StudyLog;
  readonly #trial: number;
  readonly #token: string;
  readonly #asked = new Map<string, Definition>();
  readonly #sent: Promise<unknown>[] = [];
  #queued: Definition[] = [];
  #timer: NodeJS.Timeout | null = null;

  constructor(log: StudyLog, trial: number, token: string) {
    this.#log = log;
    this.#trial = trial;
    this.#token = token;
    for (const definition of log.trial(trial).definitions ?? []) this.#asked.set(definition.name, definition);
  }

  /**
   * The parameter's value in this trial; where the caller chose one, that.
   *
   * @throws AttuneError `invalid-params` when the name stands for something else in this trial.
   */
  ask(parameter: Parameter, chosen?: JsonValue): JsonValue {
    const trial = this.#log.trial(this.#trial);
    const space = this.#log.spaceOf(trial);
    const declared = space.parameters.find(({ name }) => name === parameter.name);
    if (declared !== undefined) return this.#declared(declared, parameter);
    if (space.fidelity?.name === parameter.name) return this.#fidelity(trial, space.fidelity, parameter);
    if (space.derived?.some(({ name }) => name === parameter.name)) throw this.#refusal(parameter, DERIVED);
    const domain = domainOf(parameter);
    const known = this.#asked.get(parameter.name);
    if (known !== undefined) {
      if (jsonEqual(known.domain, domain)) return known.value;
      throw this.#refusal(parameter, `it asked for it as ${JSON.stringify(known.domain)} before; ${ONE}`);
    }
    if (chosen !== undefined) return this.#chosen(parameter, domain, chosen);
    const value = this.#log.suggester.value(trial, parameter, space, [...this.#asked.values()]);
    this.#add({ name: parameter.name, domain, value });
    return value;
  }

  #chosen(parameter: Parameter, domain: JsonValue, value: JsonValue): JsonValue {
    const { name } = parameter;
    if (!isParameterValue(parameter, value)) {
      const message = `Trial ${this.#trial} is given ${name} = ${JSON.stringify(value)}; allowed: ${describeValues(parameter)}.`;
      throw new AttuneError("invalid-params", message, { data: { trial: this.#trial, name } });
    }
    this.#add({ name, domain, value, given: CHOSEN });
    return value;
  }

  /** Sends what is not in the log yet. Resolves when all is there; rejects when some could not be written. */
  async flush(): Promise<void> {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#send();
    await Promise.all(this.#sent.splice(0));
  }

  #declared(declared: Parameter, parameter: Parameter): JsonValue {
    const { params } = this.#log.trial(this.#trial);
    const value = params[parameter.name];
    if (!isActive(declared, params) || value === undefined) {
      throw this.#refusal(parameter, "the study's space declares it, and it is not active with this trial's values");
    }
    if (jsonEqual(domainOf(declared), domainOf(parameter))) return value;
    throw this.#refusal(parameter, `the study's space declares it (allowed: ${describeValues(declared)}); ${ONE}`);
  }

  #fidelity(trial: Trial, fidelity: FidelityParameter, parameter: Parameter): JsonValue {
    const { fidelity: _marked, ...plain } = fidelity;
    if (jsonEqual(domainOf(plain), domainOf(parameter))) return fidelityOf(trial, fidelity);
    throw this.#refusal(parameter, `it is the study's fidelity (allowed: ${describeValues(fidelity)}); ${ONE}`);
  }

  #add(definition: Definition): void {
    this.#asked.set(definition.name, definition);
    this.#queued.push(definition);
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      this.#send();
    }, DELAY_MS);
  }

  #send(): void {
    const definitions = this.#queued;
    if (definitions.length === 0) return;
    this.#queued = [];
    const written = this.#log.execute({ type: "define", trial: this.#trial, token: this.#token, definitions });
    // Whoever flushes is told; until then a failure is nobody's.
    written.catch(() => undefined);
    this.#sent.push(written);
  }

  #refusal(parameter: Parameter, why: string): AttuneError {
    const { name } = parameter;
    const asked = `Trial ${this.#trial} asks for ${name} as ${JSON.stringify(domainOf(parameter))}`;
    return new AttuneError("invalid-params", `${asked}, but ${why}.`, { data: { trial: this.#trial, name } });
  }
}

/** Marks a value that the caller chose: nobody can compute it again. */
const CHOSEN = '"by the caller"';
const ONE = "a name means one thing in a trial, so ask with the same values or under another name";
const DERIVED = "the study's space computes a value of that name; choose another name";

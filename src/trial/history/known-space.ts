import {
  buildSpace,
  declaredParameters,
  isSingleDomain,
  mergeParameters,
  type Parameter,
  readableParameter,
  type Space,
} from "../../space/index.ts";
import type { Params } from "../../space/json.ts";
import type { Definition } from "../trial.ts";
import { Presence } from "./presence.ts";

/** A parameter that programs asked for, as it was from each revision on; null once its kind changed. */
interface Known {
  readonly name: string;
  readonly versions: { readonly revision: number; readonly parameter: Parameter | null }[];
}

/** A trial that ended, as far as it matters here. */
export interface EndedTrial {
  readonly revision: number;
  readonly params: Params;
  /** True when it came to its own end, so that a parameter it did not ask for was not wanted. */
  readonly whole: boolean;
}

/**
 * The space that define-by-run trials let one see: the declared parameters, and those asked for so far with the ranges of all
 * trials together, under the conditions that the ended trials show. As of any revision.
 */
export class KnownSpace {
  readonly #known = new Map<string, Known>();
  #presence = new Presence();
  readonly #ended: EndedTrial[] = [];
  #declared: readonly string[] = [];
  #begun = false;
  /** Revision at which the newest name came in. */
  #newestAt = 0;
  #latest: { readonly key: string; readonly declared: Space; readonly space: Space } | null = null;

  /** Names that always stand before those asked for. */
  declare(names: readonly string[]): void {
    this.#declared = names;
    this.#presence = new Presence();
    for (const trial of this.#ended) this.#learn(trial, [...this.#known.keys()]);
  }

  /** True until there is a definition: nothing is learnt before. */
  get isEmpty(): boolean {
    return !this.#begun;
  }

  define(revision: number, definitions: readonly Definition[]): void {
    this.#begun = true;
    for (const { name, domain } of definitions) {
      const parameter = isSingleDomain(domain) ? null : readableParameter(name, domain);
      if (parameter === null) continue;
      const known = this.#known.get(name);
      if (known === undefined) {
        this.#known.set(name, { name, versions: [{ revision, parameter }] });
        this.#newestAt = Math.max(this.#newestAt, revision);
        for (const trial of this.#ended) this.#learn(trial, [name]);
        continue;
      }
      const before = known.versions.at(-1)!.parameter;
      const merged = before === null ? null : mergeParameters(before, parameter);
      if (!sameParameter(before, merged)) known.versions.push({ revision, parameter: merged });
    }
  }

  end(trial: EndedTrial): void {
    this.#ended.push(trial);
    if (this.#known.size > 0) this.#learn(trial, [...this.#known.keys()]);
  }

  /** The parameters as they are now, each with the kind it began with. */
  get parameters(): readonly Parameter[] {
    return [...this.#known.values()].map(({ versions }) => versions.findLast(({ parameter }) => parameter)!.parameter!);
  }

  /** Names of those that nobody had asked for by that revision. */
  askedAfter(revision: number): readonly string[] {
    if (this.#newestAt <= revision) return [];
    return [...this.#known.values()].filter(({ versions }) => versions[0]!.revision > revision).map(({ name }) => name);
  }

  /** The parameter of that name as it was at that revision, or null. */
  parameterAt(name: string, revision: number): Parameter | null {
    const known = this.#known.get(name);
    return known?.versions.findLast((version) => version.revision <= revision)?.parameter ?? null;
  }

  /** What can be suggested jointly at that revision; the declared space itself while there is nothing else. */
  at(revision: number, declared: Space): Space {
    const parameters = this.#placed(this.askedAt(revision, declared), declared.parameters, revision);
    if (parameters.length === 0) return declared;
    const key = JSON.stringify(parameters);
    if (this.#latest?.key !== key || this.#latest.declared !== declared) {
      const { where, derived } = declared;
      const all = [...declaredParameters(declared), ...parameters];
      const space = buildSpace(all, { where, ...(derived && { derived }), checkFeasible: false });
      this.#latest = { key, declared, space };
    }
    return this.#latest.space;
  }

  /** All that had been asked for by that revision beside the declared ones: by name, so that the order of asking changes nothing. */
  askedAt(revision: number, declared: Space): readonly Parameter[] {
    const taken = new Set([...declaredParameters(declared), ...(declared.derived ?? [])].map(({ name }) => name));
    const names = [...this.#known.keys()].filter((name) => !taken.has(name)).sort((a, b) => (a < b ? -1 : 1));
    return names.flatMap((name) => this.parameterAt(name, revision) ?? []);
  }

  /** The parameters with their conditions, parents first, without those of which the ended trials do not tell when they are asked for. */
  #placed(known: readonly Parameter[], declared: readonly Parameter[], revision: number): readonly Parameter[] {
    const constant = known.filter(({ name }) => this.#presence.isConstant(name, revision));
    const placed: Parameter[] = constant.map((parameter) => ({ ...parameter, when: [] }));
    let open = known.filter((parameter) => !constant.includes(parameter));
    for (let before = -1; before !== placed.length; ) {
      before = placed.length;
      for (const parameter of open) {
        const condition = this.#presence.condition(parameter.name, [...declared, ...placed], revision);
        if (condition !== null) placed.push({ ...parameter, when: [[condition]] });
      }
      open = open.filter(({ name }) => !placed.some((other) => other.name === name));
    }
    return placed;
  }

  #learn({ revision, params, whole }: EndedTrial, children: readonly string[]): void {
    this.#presence.add(revision, params, children, [...this.#declared, ...this.#known.keys()], whole);
  }
}

function sameParameter(a: Parameter | null, b: Parameter | null): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

import type { SourcePosition } from "../errors.ts";
import { buildSpace } from "./build-space.ts";
import type { LocateField } from "./definition.ts";
import { derivedOf, type FlatDefinitions, flattenDefinitions } from "./flatten-definitions.ts";
import { isMapping, type Locate, type Mapping, type Path } from "./long/field-reader.ts";
import { readDefinition, readDerived, readRecord } from "./long/read-definition.ts";
import type { Parameter } from "./parameter.ts";
import type { DerivedValue, Space } from "./space.ts";
import { spaceError } from "./space-error.ts";
import { SPACE_FORM_VERSION } from "./space-json.ts";
import { withSpelling } from "./with-spelling.ts";

export interface ReadSpaceOptions {
  /** Expressions that every configuration must make true. */
  readonly where?: readonly string[];
  /** Where a constraint was written, by its place in `where`. */
  readonly locateWhere?: (index: number) => SourcePosition | null;
  /** False: the space was checked before, so that the search for a feasible point is spared. */
  readonly checkFeasible?: boolean;
}

function readWhere(where: unknown, locate: Locate): readonly string[] {
  const list: unknown = where ?? [];
  if (Array.isArray(list) && list.every((item) => typeof item === "string")) return list as string[];
  throw spaceError('where is no list of expressions; write ["batch * 4 <= 512"].', locate(["where"]));
}

function readDerivedList(given: unknown, locate: Locate): readonly DerivedValue[] {
  const items: unknown = given ?? [];
  if (!Array.isArray(items)) throw spaceError("derived is no list of derived values.", locate(["derived"]));
  return items.map((item: unknown, i) => {
    const path = ["derived", i];
    if (!isMapping(item) || typeof item.name !== "string") {
      throw spaceError("A derived value of the canonical form is a mapping with name and expression.", locate(path));
    }
    const { name, expression, ...fields } = item;
    return derivedOf(name, readDerived({ ...fields, derived: expression }, name, path, locate));
  });
}

function readCanonical(form: Mapping, locate: Locate, options: ReadSpaceOptions): Space {
  const { version, parameters: items, where, derived, fidelity, ...rest } = form;
  if (version !== SPACE_FORM_VERSION) {
    const advice = `this Attune reads version ${SPACE_FORM_VERSION}; use the Attune that wrote it, or a newer one`;
    throw spaceError(`The space has the version ${JSON.stringify(version)}; ${advice}.`, locate(["version"]));
  }
  const stranger = Object.keys(rest)[0];
  if (stranger !== undefined) {
    throw spaceError(
      `${JSON.stringify(stranger)} is no field of a space; allowed: version, parameters, where, derived, fidelity.`,
      locate([stranger]),
    );
  }
  const parameters: Parameter[] = [];
  const places = new Map<string, LocateField>();
  const listed = (items as readonly unknown[]).map((item, i) => ({ item, path: ["parameters", i] as Path }));
  if (fidelity !== undefined) listed.push({ item: fidelity, path: ["fidelity"] });
  for (const { item, path } of listed) {
    if (!isMapping(item) || typeof item.name !== "string" || item.type === undefined) {
      throw spaceError("A parameter of the canonical form is a mapping with name and type.", locate(path));
    }
    const { name, spelling, ...fields } = item;
    const definition = readDefinition(fields, name, path, locate);
    if (definition.kind !== "parameter") {
      throw spaceError("The canonical form has parameters of the types float, int, ... only.", locate(path));
    }
    parameters.push(withSpelling({ ...definition.parameter, name }, spelling, () => locate([...path, "spelling"])));
    places.set(name, definition.locate ?? (() => locate(path)));
  }
  return buildSpace(parameters, {
    where: readWhere(where, locate),
    derived: readDerivedList(derived, locate),
    locate: (name, field) => places.get(name)?.(field) ?? locate(["derived"]),
    locateWhere: (index) => locate(["where", index]),
    checkFeasible: options.checkFeasible ?? true,
  });
}

/** Parameters by name without the check that they make a space: what is to be put into one that exists. */
export function readDefinitions(mapping: unknown, locate: Locate = () => null): FlatDefinitions {
  if (!isMapping(mapping)) throw spaceError("Write name: values, such as lr: 1e-5..1e-1 log.", locate([]));
  return flattenDefinitions(readRecord(mapping, [], locate));
}

/**
 * A space from data read out of YAML or JSON: parameters by name, each in the text form or with fields, or the canonical JSON
 * form. `locate` tells where the value at a path was written. Throws AttuneError "invalid-space" with the position, what is
 * allowed and the nearest word.
 */
export function readSpace(mapping: unknown, locate: Locate = () => null, options: ReadSpaceOptions = {}): Space {
  if (!isMapping(mapping)) {
    throw spaceError(
      "The space is no mapping of parameters; write name: values, such as lr: 1e-5..1e-1 log.",
      locate([]),
    );
  }
  if (mapping.version !== undefined && Array.isArray(mapping.parameters))
    return readCanonical(mapping, locate, options);
  const flat = flattenDefinitions(readRecord(mapping, [], locate));
  return buildSpace(flat.parameters, {
    derived: flat.derived,
    where: options.where ?? [],
    locate: (name, field) => flat.locate.get(name)?.(field) ?? null,
    locateWhere: options.locateWhere ?? (() => null),
    checkFeasible: options.checkFeasible ?? true,
  });
}

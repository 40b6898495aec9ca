export { type BuildSpaceOptions, buildSpace } from "./build-space.ts";
export {
  boolean,
  type ChoiceOptions,
  choice,
  derived,
  type FloatOptions,
  fixed,
  float,
  type IntOptions,
  int,
  oneOf,
  ordinal,
  repeat,
} from "./builders.ts";
export { checkParams } from "./check-params.ts";
export { completeParams } from "./complete-params.ts";
export { activeParameters, isActive } from "./conditions.ts";
export { brokenConstraints, constraintsOf, isFeasible } from "./constraints.ts";
export { declaredParameters } from "./declared-parameters.ts";
export { defaultParams } from "./default-params.ts";
export { type DefineByRun, defineByRun, singleValue } from "./define-by-run.ts";
export { type DefineSpaceOptions, defineSpace } from "./define-space.ts";
export type {
  Branches,
  Definition,
  DerivedDefinition,
  NamelessParameter,
  OneOfDefinition,
  ParameterDefinition,
  RepeatDefinition,
  SpaceRecord,
} from "./definition.ts";
export { withDerived } from "./derived-values.ts";
export { editSpace, type SpaceEdit, type SpaceParts } from "./edit-space.ts";
export { decodeValue, encodeValue } from "./encode-value.ts";
export { enumerateAxis } from "./enumerate-axis.ts";
export { type CompiledExpression, compileText } from "./expression/compiled-expression.ts";
export type { ValueType, Variable } from "./expression/variable.ts";
export { feasibleShare, requireFeasible } from "./feasible/feasibility.ts";
export { findScarcity, type Scarcity } from "./feasible/scarcity.ts";
export { scarcityNotice } from "./feasible/scarcity-notice.ts";
export { fixParams } from "./fix-params.ts";
export { formatJson } from "./format-json.ts";
export { formatParamValue } from "./format-param-value.ts";
export { type ReadConfigSpaceOptions, readConfigSpace } from "./formats/read-config-space.ts";
export { readOptunaDistribution, readOptunaDistributions } from "./formats/read-optuna-distributions.ts";
export { spaceSchema } from "./formats/space-schema.ts";
export type { InferParams } from "./infer-params.ts";
export type { JsonValue, Params } from "./json.ts";
export { jsonEqual, jsonIndexOf } from "./json-equal.ts";
export { toJsonValue } from "./json-value.ts";
export { mergeParameters } from "./merge-parameters.ts";
export { middleParams } from "./middle-params.ts";
export { middleValue } from "./middle-value.ts";
export { narrowings } from "./narrowings.ts";
export { didYouMean, nearestWord } from "./nearest-word.ts";
export type {
  BooleanParameter,
  CategoricalParameter,
  Condition,
  FidelityParameter,
  FixedParameter,
  FloatParameter,
  IntParameter,
  OrdinalParameter,
  Parameter,
  Scale,
} from "./parameter.ts";
export { domainOf, isSingleDomain, parameterOf, readableParameter } from "./parameter-domain.ts";
export { LATER_RESERVED_NAMES, parameterNameProblem, RESERVED_NAMES } from "./parameter-name.ts";
export { describeValues, finiteValues, isParameterValue } from "./parameter-value.ts";
export { parseParamValue } from "./parse-param-value.ts";
export { type ReadSpaceOptions, readDefinitions, readSpace } from "./read-space.ts";
export type { WhenInput } from "./read-when.ts";
export { repairParams } from "./repair-params.ts";
export { sampleUniform, sampleValue } from "./sample-uniform.ts";
export { settleParams } from "./settle-params.ts";
export type { DerivedValue, Space } from "./space.ts";
export { describeChange, type SpaceChange, spaceChanges } from "./space-changes.ts";
export { spaceFromJson } from "./space-from-json.ts";
export { parameterToJson, SPACE_FORM_VERSION, spaceToJson } from "./space-json.ts";
export { spellParams, spellValue, type Writing } from "./spell-params.ts";
export { type Spelled, SpelledNumber, type SpelledParams } from "./spelled.ts";
export { startParams } from "./start-params.ts";
export { formatDomainText } from "./text/format-domain-text.ts";
export { formatParameterText } from "./text/format-parameter-text.ts";
export { parseParameterText } from "./text/parse-parameter-text.ts";
export { spaceTree } from "./text/space-tree.ts";
export { fromUnit, toUnit } from "./unit-cube.ts";
export { withoutSpelling } from "./without-spelling.ts";
export { copyWritten, noteWritten } from "./written-numbers.ts";

import type { Parameter } from "../parameter.ts";
import { formatParameterText } from "./format-parameter-text.ts";

/** The values of a parameter in the text form, without its default, unit, description and condition. */
export function formatDomainText(parameter: Parameter): string {
  const { default: _, unit: __, description: ___, ...domain } = parameter;
  return formatParameterText({ ...domain, when: [] } as Parameter);
}

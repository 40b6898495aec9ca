import type { HealthEdit, HealthFinding, HealthRemedy } from "../analysis/index.ts";
import { formatDomainText } from "../space/index.ts";

/** A finding of `study.health()` as JSON. */
export type HealthRecord = Pick<HealthFinding, "kind" | "severity" | "sentence"> & {
  readonly data: unknown;
  readonly remedy: RemedyRecord | null;
};

/** With a change of the space as `editSpace` of the protocol takes it: parameters in the text form. */
export type RemedyRecord =
  | Exclude<HealthRemedy, { readonly does: "edit-space" }>
  | { readonly says: string; readonly does: "edit-space"; readonly edit: EditRecord };

interface EditRecord {
  readonly set?: Readonly<Record<string, string>>;
  readonly where?: readonly string[];
}

/** A finding as JSON. */
export function healthRecord({ kind, severity, sentence, data, remedy }: HealthFinding): HealthRecord {
  const shown =
    kind === "edge" ? { ...data, wider: data.wider === null ? null : formatDomainText(data.wider) } : { ...data };
  return { kind, severity, sentence, data: shown, remedy: remedy === null ? null : remedyRecord(remedy) };
}

function remedyRecord(remedy: HealthRemedy): RemedyRecord {
  return remedy.does === "edit-space" ? { ...remedy, edit: editRecord(remedy.edit) } : remedy;
}

function editRecord({ set, where }: HealthEdit): EditRecord {
  return {
    ...(set !== undefined && {
      set: Object.fromEntries(set.parameters.map((parameter) => [parameter.name, formatDomainText(parameter)])),
    }),
    ...(where !== undefined && { where }),
  };
}

import type { SourcePosition } from "../../errors.ts";
import type { YamlPath } from "../study-file/located-yaml.ts";

/** The `space:` mapping as the user wrote it, with the place of each of its values (paths begin inside the mapping). */
export interface LocatedSpace {
  readonly mapping: unknown;
  readonly locate: (path: YamlPath) => SourcePosition;
}

import type { Camel } from "../settings/declaration.ts";
import type { KnownSetting } from "../settings/table.ts";

/** Settings as commander hands them over. */
type GivenSettings = {
  readonly [D in KnownSetting as Camel<D["name"]>]?: string | readonly string[] | boolean;
};

/** The options of commands that take settings, as commander hands them over. */
export interface RunCommandOptions extends GivenSettings {
  readonly study?: string;
  readonly storage?: string;
  readonly keepGoing?: boolean;
  readonly dryRun?: boolean;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

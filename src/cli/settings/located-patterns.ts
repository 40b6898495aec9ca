import type { GivenSetting } from "./given-setting.ts";

/** Regular expressions by metric, and the setting they were given by, for messages. */
export interface LocatedPatterns {
  readonly sources: Readonly<Record<string, string>>;
  readonly setting: GivenSetting;
}

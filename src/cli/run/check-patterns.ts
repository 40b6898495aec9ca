import { AttuneError } from "../../errors.ts";
import { badSetting } from "../settings/given-setting.ts";
import type { LocatedPatterns } from "../settings/located-patterns.ts";

/**
 * Compiles the user's expressions, to tell what is wrong with them before anything is made. The engine is loaded only here.
 *
 * @throws AttuneError `invalid-argument` or `invalid-file`, with the place.
 */
export async function checkPatterns({ sources, setting }: LocatedPatterns): Promise<void> {
  const { compilePattern } = await import("../compile-pattern.ts");
  for (const [metric, source] of Object.entries(sources)) {
    try {
      compilePattern(metric, source);
    } catch (error) {
      if (!(error instanceof AttuneError)) throw error;
      throw badSetting(setting, error.message);
    }
  }
}

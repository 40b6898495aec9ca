import { readdirSync, statSync } from "node:fs";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { AttuneError } from "../../errors.ts";
import { didYouMean } from "../../space/nearest-word.ts";

/**
 * Where a module is that the user names by a path (relative to the working folder) or a `file:` URL.
 *
 * @throws AttuneError `invalid-argument` where there is none, with the nearest name in its folder.
 */
export function moduleUrl(given: string): string {
  const url = /^file:/.test(given) ? given : pathToFileURL(given).href;
  const file = fileURLToPath(url);
  const found = statSync(file, { throwIfNoEntry: false });
  if (found?.isDirectory()) throw refused(`${given} is a folder; give the module in it that has the function`);
  if (found === undefined) {
    const hint = didYouMean(path.basename(file), namesIn(path.dirname(file)));
    throw refused(`There is no module ${given} (looked for ${file}); give a path relative to the working folder`, hint);
  }
  return url;
}

function namesIn(folder: string): readonly string[] {
  return statSync(folder, { throwIfNoEntry: false })?.isDirectory() ? readdirSync(folder) : [];
}

function refused(what: string, hint = ""): AttuneError {
  return new AttuneError("invalid-argument", `${what}.${hint}`);
}

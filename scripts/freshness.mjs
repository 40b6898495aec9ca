/** Tells whether `dist/` was built from the sources as they are now, by a digest of everything that goes into it. */
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";

export const digestFile = ".digest";
const fixedInputs = [
  "package.json",
  "package-lock.json",
  "tsconfig.json",
  "tsconfig.build.json",
  "scripts/build.mjs",
  "scripts/command-bundle.mjs",
  "scripts/dashboard-bundle.mjs",
  "scripts/library-bundle.mjs",
];

/** Digest of the sources without their tests. */
export function sourceDigest(root) {
  const hash = createHash("sha256");
  for (const file of [...fixedInputs, ...sources(root, "src"), ...sources(root, "dashboard")]) {
    hash
      .update(file)
      .update("\0")
      .update(readFileSync(path.join(root, file)))
      .update("\0");
  }
  return hash.digest("hex");
}

export function isBuildFresh(root) {
  const file = path.join(root, "dist", digestFile);
  return existsSync(file) && readFileSync(file, "utf8") === sourceDigest(root);
}

function sources(root, folder) {
  const found = [];
  for (const entry of readdirSync(path.join(root, folder), { withFileTypes: true })) {
    const file = `${folder}/${entry.name}`;
    if (entry.isDirectory()) found.push(...sources(root, file));
    else if (!/\.(test|contract|testing)\.tsx?$/.test(entry.name)) found.push(file);
  }
  return found.sort();
}

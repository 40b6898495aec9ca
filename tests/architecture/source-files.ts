import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

export const root = path.resolve(import.meta.dirname, "../..");

export interface SourceFile {
  /** Path from the repository's root, with forward slashes. */
  readonly path: string;
  readonly text: string;
}

/** Every file below a folder of the repository whose name ends in one of the endings. */
export function readFiles(folder: string, endings: readonly string[]): readonly SourceFile[] {
  return readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && endings.some((ending) => entry.name.endsWith(ending)))
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)).split(path.sep).join("/"))
    .filter((file) => !/(^|\/)(\.|node_modules\/)/.test(file))
    .sort()
    .map(readFile);
}

export function readFile(file: string): SourceFile {
  return { path: file, text: readFileSync(path.join(root, file), "utf8") };
}

/** True for files that only tests load. */
export function isTestFile(file: SourceFile): boolean {
  return /\.(test|contract|testing)\.ts$/.test(file.path);
}

/** What a file imports, statically, lazily or by re-export; relative paths are resolved from the repository's root. */
export function importsOf(file: SourceFile): readonly string[] {
  const specifiers = file.text.matchAll(/(?:\bfrom\s+|\bimport\s*\(\s*|\bimport\s+)["']([^"']+)["']/g);
  return Array.from(specifiers, ([, specifier]) =>
    specifier!.startsWith(".") ? path.posix.join(path.posix.dirname(file.path), specifier!) : specifier!,
  );
}

/** The text without its comments; line numbers stay. */
export function withoutComments(text: string): string {
  return text
    .replace(/\/\*[\s\S]*?\*\//g, (comment) => comment.replace(/[^\n]/g, ""))
    .replace(/(^|\s)\/\/[^\n]*/g, "$1");
}

/** `path:line: text` of every line that matches. */
export function linesMatching(file: SourceFile, pattern: RegExp): readonly string[] {
  return withoutComments(file.text)
    .split("\n")
    .flatMap((line, index) => (pattern.test(line) ? [`${file.path}:${index + 1}: ${line.trim()}`] : []));
}

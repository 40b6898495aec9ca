import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

/** A file of the page that browsers show. */
export interface PageFile {
  readonly type: string;
  readonly body: Uint8Array<ArrayBuffer>;
  /** Made when first asked for. */
  readonly compressed: Uint8Array<ArrayBuffer>;
}

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
};

/** The files of the page, which are built from `dashboard/`: read when first asked for, and kept. */
export class PageFiles {
  readonly #folder: string | null;
  readonly #known: ReadonlySet<string>;
  readonly #read = new Map<string, PageFile>();

  constructor(folder: string | null = builtPage()) {
    this.#folder = folder;
    const found = folder === null ? [] : readdirSync(folder, { recursive: true, encoding: "utf8" });
    this.#known = new Set(found.map((file) => `/${file.split(path.sep).join("/")}`));
  }

  /** Null for what is no file of it, and where it was not built. `/` is the page itself. */
  find(place: string): PageFile | null {
    const name = place === "/" ? "/index.html" : place;
    const type = TYPES[path.extname(name)];
    if (this.#folder === null || type === undefined || !this.#known.has(name)) return null;
    const read = this.#read.get(name) ?? pageFile(type, new Uint8Array(readFileSync(path.join(this.#folder, name))));
    this.#read.set(name, read);
    return read;
  }
}

function pageFile(type: string, body: Uint8Array<ArrayBuffer>): PageFile {
  let compressed: Uint8Array<ArrayBuffer> | null = null;
  return {
    type,
    body,
    get compressed() {
      compressed ??= new Uint8Array(gzipSync(body));
      return compressed;
    },
  };
}

/** `dist/dashboard` of the package, wherever in it this code stands; null before it was built. */
function builtPage(): string | null {
  for (let folder = path.dirname(fileURLToPath(import.meta.url)); ; folder = path.dirname(folder)) {
    const built = path.join(folder, "dist", "dashboard");
    if (existsSync(path.join(built, "index.html"))) return built;
    if (path.dirname(folder) === folder) return null;
  }
}

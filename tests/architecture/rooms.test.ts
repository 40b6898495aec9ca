import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { samplerNames } from "../../src/sampler/registry.ts";
import { schedulerNames } from "../../src/scheduler/registry.ts";
import { importsOf, isTestFile, linesMatching, readFiles, root, type SourceFile } from "./source-files.ts";

/** Lowest first; a room imports itself and what stands before it. */
const pureRooms = "numeric space trial component objective surrogate sampler scheduler analysis plot".split(" ");
const rooms = [
  "errors.ts",
  ...pureRooms,
  ..."drawing storage protocol executor study discovery record server cli index.ts".split(" "),
];
/** What is bundled into the command line and is no part of the library. */
const ofCommandLine = /^src\/(?:cli|discovery|record|server)\//;
/** What is bundled with the packages it needs: that, and what draws figures. */
const bundledWhole = /^src\/(?:cli|discovery|drawing|record|server)\//;

const sources = readFiles("src", [".ts"]);
const product = sources.filter((file) => !isTestFile(file));
const pure = product.filter((file) => pureRooms.includes(roomOf(file.path)));

function roomOf(file: string): string {
  return file.split("/")[1]!;
}

/** Whether an import is of a package, or of a part of it. */
function isOf(imported: string, name: string): boolean {
  return imported === name || imported.startsWith(`${name}/`);
}

/** `file -> imported` for every import inside `src/` that the rule refuses. */
function refused(files: readonly SourceFile[], allows: (file: string, imported: string) => boolean): readonly string[] {
  return files.flatMap((file) =>
    importsOf(file)
      .filter((imported) => imported.startsWith("src/") && !allows(file.path, imported))
      .map((imported) => `${file.path} -> ${imported}`),
  );
}

/** The folder of an algorithm (`src/sampler/grid/`), if the file lies in one. */
function algorithmOf(file: string, names: readonly string[]): string | null {
  const [, room, folder] = file.split("/");
  return (room === "sampler" || room === "scheduler") && names.includes(folder!) ? folder! : null;
}

describe("rooms", () => {
  it("are all known", () => {
    const found = readdirSync(path.join(root, "src"));
    expect(found.filter((name) => !rooms.includes(name))).toEqual([]);
    expect(product.length).toBeGreaterThan(50);
  });

  it("import only lower rooms", () => {
    const allows = (file: string, imported: string) => rooms.indexOf(roomOf(imported)) <= rooms.indexOf(roomOf(file));
    expect(refused(product, allows)).toEqual([]);
  });

  it("of the command line alone are in no other's way: the library has none of their code", () => {
    const others = product.filter((file) => !ofCommandLine.test(file.path));
    expect(refused(others, (_, imported) => !ofCommandLine.test(imported))).toEqual([]);
  });

  it("do not load what is made for tests", () => {
    expect(refused(product, (_, imported) => !/\.(test|contract|testing)\.ts$/.test(imported))).toEqual([]);
  });

  it("keep algorithms apart from each other", () => {
    const names = [...samplerNames(), ...schedulerNames()];
    const allows = (file: string, imported: string) => {
      const from = algorithmOf(file, names);
      const to = algorithmOf(imported, names);
      return from === null || from === "auto" || to === null || to === from;
    };
    expect(refused(product, allows)).toEqual([]);
  });

  it("lend the dashboard what a browser runs, and else types alone", () => {
    const dashboard = readFiles("dashboard/src", [".ts", ".tsx"]);
    expect(dashboard.length).toBeGreaterThan(30);
    const values = dashboard.flatMap((file) =>
      importsOf({ ...file, text: file.text.replace(/^import type [^;]*;/gm, "") }).map((imported) => ({
        file,
        imported,
      })),
    );
    const foreign = values.filter(
      ({ imported }) => imported.startsWith("src/") && !["errors.ts", ...pureRooms].includes(roomOf(imported)),
    );
    expect(foreign.map(({ file, imported }) => `${file.path} -> ${imported}`)).toEqual([]);
  });

  it("import only packages that a user gets: those of the command line are bundled, all others are dependencies", () => {
    const { dependencies = {}, devDependencies } = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8"));
    const installed = Object.keys(dependencies);
    const bundled = [...installed, ...Object.keys(devDependencies)];
    const missing = product.flatMap((file) =>
      importsOf(file)
        .filter((imported) => !/^(src\/|node:)/.test(imported))
        .filter(
          (imported) => !(bundledWhole.test(file.path) ? bundled : installed).some((name) => isOf(imported, name)),
        )
        .map((imported) => `${file.path} -> ${imported}`),
    );
    expect(missing).toEqual([]);
  });
});

describe("pure rooms", () => {
  it("do no input or output", () => {
    const nodeImports = pure.flatMap((file) =>
      importsOf(file)
        .filter((imported) => imported.startsWith("node:"))
        .map((imported) => `${file.path} -> ${imported}`),
    );
    expect(nodeImports).toEqual([]);
  });

  it("have no hidden source of chance or time", () => {
    const hidden = /Math\.random|Date\.now|performance\.now|new Date\(\)/;
    expect(pure.flatMap((file) => linesMatching(file, hidden))).toEqual([]);
  });

  it("call no function of Math whose last bits differ between engines: numeric/special has exp, expm1, ln and ln1p", () => {
    const exact = /Math\.(?!(?:abs|ceil|clz32|floor|fround|imul|max|min|round|sign|sqrt|trunc|[A-Z][A-Z0-9_]*)\b)\w+/;
    expect(pure.flatMap((file) => linesMatching(file, exact))).toEqual([]);
  });

  it("raise no powers whose last bits differ between Node versions", () => {
    const power = /Math\.pow|[\w)\]] \*\* [\w(]|\*\*=/;
    const withoutStrings = pure.map(({ path, text }) => ({ path, text: text.replace(/"(?:[^"\\\n]|\\.)*"/g, '""') }));
    expect(withoutStrings.flatMap((file) => linesMatching(file, power))).toEqual([]);
  });
});

describe("files", () => {
  it("have at most 500 lines", () => {
    const folders = ["src", "dashboard", "tests", "bench", "scripts", "examples"];
    const files = folders.flatMap((folder) => readFiles(folder, [".ts", ".tsx", ".mjs", ".cjs", ".py"]));
    const tooLong = files.map((file) => ({ path: file.path, lines: file.text.split("\n").length - 1 }));
    expect(tooLong.filter(({ lines }) => lines > 500)).toEqual([]);
  });

  it("re-export by name", () => {
    expect(product.flatMap((file) => linesMatching(file, /^\s*export \* /))).toEqual([]);
  });
});

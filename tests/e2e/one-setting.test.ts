import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { COMPILE_CACHE } from "../support/compile-cache.ts";

const ROOT = path.resolve(import.meta.dirname, "../..");
const TABLE = "src/cli/settings/course-settings.ts";

const MADE_UP = `
  setting({
    name: "cool-down",
    short: "c",
    value: time,
    help: "time between two trials",
    default: "3s",
    commands: ["run", "try"],
    guide: "time between **two** trials",
    since: "0.9",
  }),
  setting({
    name: "weather",
    value: word("<kind>", ["rain", "sun"]),
    help: "what it is like outside",
    repeatable: false,
    commands: ["run"],
  }),
`;

/** The sources, with two settings more in the one file that declares those of their kind. */
let clone = "";

beforeAll(() => {
  clone = mkdtempSync(path.join(tmpdir(), "attune-setting-"));
  const isLoaded = (file: string) => !/\.(test|contract)\.ts$|\/golden(\/|$)/.test(file);
  for (const part of ["src", "scripts", "docs"])
    cpSync(path.join(ROOT, part), path.join(clone, part), { recursive: true, filter: isLoaded });
  cpSync(path.join(ROOT, "package.json"), path.join(clone, "package.json"));
  symlinkSync(path.join(ROOT, "node_modules"), path.join(clone, "node_modules"));
  const file = path.join(clone, TABLE);
  const text = readFileSync(file, "utf8");
  const list = "export const COURSE_SETTINGS = [\n";
  expect(text).toMatch(/, word \} from "\.\/value-kinds\.ts"/);
  writeFileSync(file, text.replace(list, list + MADE_UP));
});

function node(...words: readonly string[]) {
  const { NODE_OPTIONS: _, ATTUNE_STORAGE: __, ...env } = process.env;
  const { status, stdout, stderr } = spawnSync(process.execPath, words, {
    cwd: clone,
    env: { ...env, NODE_COMPILE_CACHE: COMPILE_CACHE, COLUMNS: "200" },
    encoding: "utf8",
  });
  return { code: status, out: stdout, err: stderr };
}

const attune = (...words: readonly string[]) => node("src/cli/main.ts", ...words);
const PROGRAM = ["--", "sh", "-c", "echo loss={x: 0..1}"];

function studyFile(line: string): string {
  writeFileSync(path.join(clone, "study.yaml"), `minimize: loss\n${line}\ncommand: "echo loss={x: 0..1}"\n`);
  return "study.yaml";
}

describe("a setting declared in one file", () => {
  it("is an option, by its letter too, that refuses what its kind refuses", () => {
    expect(attune("run", "--minimize", "loss", "--dry-run", "--cool-down", "5s", ...PROGRAM).code).toBe(0);
    expect(attune("run", "--minimize", "loss", "--dry-run", "-c", "5s", "--weather", "sun", ...PROGRAM).code).toBe(0);
    const bad = attune("run", "--minimize", "loss", "--dry-run", "-c", "soon", ...PROGRAM);
    expect(bad).toMatchObject({
      code: 2,
      err: expect.stringContaining('--cool-down is "soon"; give a time in seconds'),
    });
    expect(attune("confirm", "--cool-down", "5s")).toMatchObject({
      code: 2,
      err: expect.stringContaining("unknown option"),
    });
  });

  it("is a key of the study file, with the place of a fault", () => {
    expect(attune("run", "--dry-run", studyFile("cool-down: 5s"))).toMatchObject({ code: 0 });
    const bad = attune("run", "--dry-run", studyFile("cool-down: soon"));
    expect(bad).toMatchObject({ code: 2, err: expect.stringMatching(/study\.yaml:2:12.*cool-down is "soon"/) });
    expect(attune("run", "--dry-run", studyFile("cool-donw: 5s")).err).toContain('Did you mean "cool-down"?');
    expect(attune("run", "--dry-run", studyFile("weather: snow")).err).toContain("give rain or sun.");
  });

  it("is in the JSON Schema", () => {
    const { properties } = JSON.parse(attune("schema").out);
    expect(properties["cool-down"]).toEqual({ ...properties.timeout, description: "Time between two trials." });
    expect(properties.weather).toEqual({ enum: ["rain", "sun"], description: "What it is like outside." });
  });

  it("is completed, and its values are", () => {
    expect(attune("completion", "words", "--", "run", "--co").out).toBe(
      "--cool-down\ttime between two trials (default: 3s)\n",
    );
    expect(attune("completion", "words", "--", "run", "--weather", "r").out).toBe("rain\t\n");
  });

  it("is in the help of the commands that take it", () => {
    expect(attune("run", "--help").out).toMatch(/-c, --cool-down <time> +time between two trials \(default: 3s\)/);
    expect(attune("try", "--help").out).toContain("--cool-down");
    expect(attune("confirm", "--help").out).not.toContain("--cool-down");
  });

  it("is in the pages", () => {
    const { out } = node("scripts/settings-docs.ts");
    expect(out.split("\n").slice(0, 3)).toEqual(
      ["cli", "study-file"].map((page) => `docs/guide/${page}.md written`).concat("docs/reference/options.md written"),
    );
    const page = (name: string): string => readFileSync(path.join(clone, "docs", name), "utf8");
    expect(page("guide/cli.md")).toContain(
      "\n| `-c TIME`, `--cool-down TIME` | time between **two** trials (since 0.9) | 3s |\n",
    );
    expect(page("guide/study-file.md")).toContain("\n| `cool-down` | time between **two** trials (since 0.9) | 3s |\n");
    expect(page("reference/options.md").split("`--cool-down TIME`")).toHaveLength(3);
  });
});

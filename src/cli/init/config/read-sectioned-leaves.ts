import { type ConfigLeaf, isFloatText } from "./config-leaf.ts";

/** A format of `[section]` lines and `key = value` lines. */
export type SectionedFormat = "toml" | "ini";

const HEADING = /^\s*\[([^[\]]+)\]\s*(?:[#;].*)?$/;
const ENTRY = /^(\s*)("[^"]+"|[\w.-]+)(\s*[=:]\s*)(.*)$/;

/**
 * The single values of a TOML, INI or spaCy config. Values that go over several lines, tables in one line and lists of tables are left
 * out; in INI and spaCy's form what stands in quotes is replaced within them.
 */
export function readSectionedLeaves(text: string, format: SectionedFormat): readonly ConfigLeaf[] {
  const leaves: ConfigLeaf[] = [];
  let section = "";
  let at = 0;
  let several: string | null = null;
  for (const line of text.split("\n")) {
    const begin = at;
    at += line.length + 1;
    if (several !== null) {
      if (line.includes(several)) several = null;
      continue;
    }
    const heading = HEADING.exec(line);
    if (heading !== null) section = heading[1]!.trim().replaceAll('"', "");
    else if (/^\s*\[\[/.test(line)) section = "\0";
    const entry = section === "\0" || heading !== null || /^\s*[#;]/.test(line) ? null : ENTRY.exec(line);
    if (entry === null) continue;
    const [, indent = "", key = "", mark = "", rest = ""] = entry;
    const open = /^("""|''')/.exec(rest)?.[1];
    if (open !== undefined && !rest.slice(3).includes(open)) several = open;
    if (/^\[[^\]]*$/.test(rest)) several = "]";
    const leaf = several === null ? leafOf(rest, format) : null;
    if (leaf === null) continue;
    const offset = begin + indent.length + key.length + mark.length;
    const path = `${section === "" ? "" : `${section}.`}${key.replaceAll('"', "")}`;
    leaves.push({ ...leaf, path, start: offset + leaf.start, end: offset + leaf.end });
  }
  return leaves;
}

function leafOf(rest: string, format: SectionedFormat): Omit<ConfigLeaf, "path"> | null {
  const quoted = /^(["'])(.*?)\1\s*(?:[#;]\s*(.*))?$/.exec(rest);
  if (quoted !== null) {
    const inside = format === "ini" ? 1 : 0;
    const end = quoted[2]!.length + 2 - inside;
    return { value: quoted[2]!, float: false, start: inside, end, comment: quoted[3] ?? "", many: false };
  }
  const remark = /(?:^|\s)[#;]/.exec(rest);
  const word = rest.slice(0, remark?.index).trim();
  const comment = remark === null ? "" : rest.slice(remark.index + remark[0].length).trimStart();
  const place = { start: 0, end: word.length, comment, many: false };
  if (/^[-+]?(?:\d[\d_]*(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?$/.test(word)) {
    return { ...place, value: Number(word.replaceAll("_", "")), float: isFloatText(word) };
  }
  if (/^(?:true|false)$/i.test(word)) return { ...place, value: /^t/i.test(word), float: false };
  if (/^\[/.test(word)) return { ...place, value: word, float: false, many: true };
  if (/^\{/.test(word)) return null;
  if (word === "" || /^(?:null|none)$/i.test(word)) return { ...place, value: null, float: false };
  return { ...place, value: word, float: false };
}

/** A shorter value would blot out what is no secret: `1`, `true`, `none`. */
const SHORTEST = 6;
/** Shorter pieces of base64 stand in too many other texts. */
const SHORTEST_BASE64 = 8;

/**
 * The forms in which a program may print a secret: as it is, each line of it, as a JSON text (also with `\u00e9` and `\/`), in quotes of
 * a shell, in a URL, and within base64. One character for each byte (latin1).
 */
export function secretForms(value: string): readonly string[] {
  const forms = value
    .split(/\r?\n/)
    .map((line) => line.trim())
    .flatMap((line) =>
      line.length < SHORTEST ? [] : [line, ...jsonForms(line), ...shellForms(line), ...urlForms(line)],
    )
    .map((form) => Buffer.from(form, "utf8").toString("latin1"));
  return [...new Set([...forms, ...base64Forms(value), ...base64Forms(value.trim())])];
}

function jsonForms(line: string): readonly string[] {
  const json = JSON.stringify(line).slice(1, -1);
  const ascii = json.replace(/[^\x20-\x7e]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`);
  return [json, ascii].flatMap((form) => [form, form.replaceAll("/", "\\/")]);
}

/** Within single quotes, within double ones, and escaped without quotes. */
function shellForms(line: string): readonly string[] {
  const single = line.replaceAll("'", "'\\''");
  const double = line.replace(/[$`"\\]/g, "\\$&");
  return [single, double, line.replace(/[^\w@%+=:,./-]/g, "\\$&")];
}

/** Writers differ in what they leave as it is, and in whether a blank is `+`. */
function urlForms(line: string): readonly string[] {
  const usual = encodeURIComponent(line.toWellFormed());
  const strict = usual.replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
  return [usual, strict].flatMap((form) => {
    const written = [form, form.replaceAll("%2F", "/"), form.replaceAll("%20", "+")];
    return [...written, ...written.map((one) => one.replace(/%[0-9A-F]{2}/g, (hex) => hex.toLowerCase()))];
  });
}

/** What is the same of its base64 wherever it begins in the text that was encoded; with both alphabets. */
function base64Forms(value: string): readonly string[] {
  const bytes = Buffer.from(value, "utf8");
  if (bytes.length < SHORTEST) return [];
  return [0, 1, 2].flatMap((before) => {
    const encoded = Buffer.concat([Buffer.alloc(before), bytes]).toString("base64");
    const whole = encoded.slice(Math.ceil((before * 8) / 6), Math.floor(((before + bytes.length) * 8) / 6));
    return whole.length < SHORTEST_BASE64 ? [] : [whole, whole.replaceAll("+", "-").replaceAll("/", "_")];
  });
}

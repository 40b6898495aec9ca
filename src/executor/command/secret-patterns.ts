/** What stands in a log in place of a secret. */
export const REDACTED = "[redacted]";

/** Keys and tokens known by their form. Sources: the vendors' documentation of their prefixes; RFC 7519 (JWT), RFC 6750 (Bearer). */
const TOKENS = [
  "(?:AKIA|ASIA)[0-9A-Z]{16}",
  "gh[opsur]_[A-Za-z0-9]{36,255}",
  "github_pat_[A-Za-z0-9_]{22,255}",
  "glpat-[A-Za-z0-9_-]{20,255}",
  "xox[abprs]-[A-Za-z0-9-]{10,255}",
  "sk-[A-Za-z0-9_-]{20,255}",
  "hf_[A-Za-z0-9]{30,255}",
  "AIza[0-9A-Za-z_-]{35}",
  "eyJ[A-Za-z0-9_-]{8,4096}\\.[A-Za-z0-9_-]{8,4096}\\.[A-Za-z0-9_-]{8,4096}",
].join("|");

/** `Bearer …`, `https://user:…@host`: what stands before the secret is kept. */
const BEARER = /(\b[Bb]earer[ \t]{1,3})[A-Za-z0-9._~+/=-]{16,4096}/g;
const URL_PASSWORD = /(:\/\/[^/\s:@]{1,256}:)[^/\s@]{1,256}(?=@)/g;
/** `password=…`, `"api_key": "…"`, `AWS_SECRET_ACCESS_KEY=…`. */
const NAMED =
  /((?:secret|passw(?:or)?d|api[_-]?key|access[_-]?key|(?:auth|access)[_-]?token)[A-Za-z_-]{0,24}["']?[ \t]{0,3}[=:][ \t]{0,3}["']?)[^\s"',;]{8,256}/gi;
const PEM = /-----BEGIN [A-Z ]{0,20}PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]{0,20}PRIVATE KEY-----|$)/g;

/** Patterns by which secrets are known, each with what replaces it. */
export const SECRET_PATTERNS: readonly (readonly [pattern: RegExp, replacement: string])[] = [
  [PEM, REDACTED],
  [new RegExp(`\\b(?:${TOKENS})`, "g"), REDACTED],
  [BEARER, `$1${REDACTED}`],
  [URL_PASSWORD, `$1${REDACTED}`],
  [NAMED, `$1${REDACTED}`],
];

/** What stands in a log in place of a secret. */
export const REDACTED = "[redacted]";

/** Names of environment variables whose values are secrets. */
const SECRET_NAMES = /TOKEN|SECRET|PASSWORD|PASSWD|PASSPHRASE|CREDENTIALS?$|API_?KEY|_KEY$|(?:^|_)PASS$|_PWD$/i;
/** Folders and numbers of tokens. */
const NO_SECRET_NAMES = /^(?:OLD)?PWD$|TOKENIZERS?(?:_|$)|MAX_TOKENS?$|NUM_TOKENS?$/i;

/** Whether the value of a variable of that name is a secret. */
export function isSecretName(name: string): boolean {
  return SECRET_NAMES.test(name) && !NO_SECRET_NAMES.test(name);
}

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
/** RFC 7617. */
const BASIC = /(authorization\\?["']?[ \t]{0,3}[:=][ \t]{0,3}\\?["']?basic[ \t]{1,3})[A-Za-z0-9+/=_-]{6,4096}/gi;
const URL_PASSWORD = /(:\/\/[^/\s:@]{1,256}:)[^/\s@]{1,256}(?=@)/g;
/** `password=…`, `"api_key": "…"`, `AWS_SECRET_ACCESS_KEY=…`. */
const NAMED =
  /((?:secret|passw(?:or)?d|passphrase|[a-z]_pwd|api[_-]?key|access[_-]?key|(?:auth|access)[_-]?token)[A-Za-z_-]{0,24}\\?["']?[ \t]{0,3}[=:][ \t]{0,3}\\?["']?)[^\s"',;\\]{8,256}/gi;
/** `token=…`, `--password …`: only what mixes letters and digits, as numbers of tokens and words do not. */
const MIXED = "(?=[^\\s\"',;&\\\\]{0,255}[0-9])(?=[^\\s\"',;&\\\\]{0,255}[A-Za-z])[^\\s\"',;&\\\\]{8,256}";
const TOKEN = new RegExp(`(\\btoken\\\\?["']?[ \\t]{0,3}[=:][ \\t]{0,3}\\\\?["']?)${MIXED}`, "gi");
const OPTION = new RegExp(`(--?(?:token|secret|passw(?:or)?d|passphrase|api-?key)[ \\t]{1,3}["']?)${MIXED}`, "gi");
/** `https://host/?sig=…` and other ways to sign an address. */
const SIGNED =
  /([?&](?:[a-z_-]{0,24}(?:token|secret|passw(?:or)?d|signature|credential)|(?:api|access)[_-]?key|sig|key|auth|pwd|pass)=)[^\s&"'#\\]{8,2048}/gi;
const PEM = /-----BEGIN [A-Z ]{0,20}PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]{0,20}PRIVATE KEY-----|$)/g;

/** A pattern by which secrets are known; `known`: its first group stands before the secret and is kept. */
export interface SecretPattern {
  readonly pattern: RegExp;
  readonly known: boolean;
}

export const SECRET_PATTERNS: readonly SecretPattern[] = [
  { pattern: PEM, known: false },
  { pattern: new RegExp(`\\b(?:${TOKENS})`, "g"), known: false },
  ...[BEARER, BASIC, URL_PASSWORD, SIGNED, NAMED, TOKEN, OPTION].map((pattern) => ({ pattern, known: true })),
];

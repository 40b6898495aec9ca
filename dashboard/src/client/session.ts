/**
 * Who the page is: a secret that the code of the address is exchanged for, kept for this tab and this port alone and sent in a header.
 * A cookie would go to every other port of the machine. Other tabs of the same page are asked for it, so that every link can be opened in a
 * tab of its own.
 */
const KEY = "attune-secret";
const CHANNEL = "attune-session";
const ANSWER_MS = 300;

type Said = { readonly type: "wanted" } | { readonly type: "secret"; readonly secret: string };

/** The secret of this tab; null where there is none. */
export function secretOf(): string | null {
  return sessionStorage.getItem(KEY);
}

/** Keeps a secret for this tab; null forgets it. */
export function keepSecret(secret: string | null): void {
  if (secret === null) sessionStorage.removeItem(KEY);
  else sessionStorage.setItem(KEY, secret);
}

/** Exchanges the code of the address, or asks the other tabs; from then on tells the secret to new ones. */
export async function beginSession(): Promise<void> {
  await exchangeCode();
  if (secretOf() === null) await askOtherTabs();
  const channel = new BroadcastChannel(CHANNEL);
  channel.addEventListener("message", ({ data }: MessageEvent<Said>) => {
    const secret = secretOf();
    if (data.type === "wanted" && secret !== null) channel.postMessage({ type: "secret", secret } satisfies Said);
  });
}

/** The code is good once: it is taken out of the address before anything else. What stands behind it is the view that is meant. */
async function exchangeCode(): Promise<void> {
  const given = new URLSearchParams(location.hash.slice(1));
  const code = given.get("code");
  if (code === null) return;
  history.replaceState(null, "", `${location.pathname}${location.search}#${given.get("view") ?? "/"}`);
  const answer = await fetch("v1/session", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ code }),
  });
  if (answer.ok) keepSecret(((await answer.json()) as { readonly secret: string }).secret);
}

async function askOtherTabs(): Promise<void> {
  const channel = new BroadcastChannel(CHANNEL);
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, ANSWER_MS);
    channel.addEventListener("message", ({ data }: MessageEvent<Said>) => {
      if (data.type !== "secret") return;
      keepSecret(data.secret);
      clearTimeout(timer);
      resolve();
    });
    channel.postMessage({ type: "wanted" } satisfies Said);
  });
  channel.close();
}

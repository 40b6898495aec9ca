import { type FormEvent, type ReactElement, useState } from "react";
import { named } from "../client/call.ts";
import { keepSecret } from "../client/session.ts";

/** What who is not known sees: how to come in. */
export function Entrance({ onKnown }: { readonly onKnown: () => void }): ReactElement {
  const [said, say] = useState("");
  const enter = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const token = String(new FormData(event.currentTarget).get("token") ?? "").trim();
    keepSecret(token);
    const answer = await fetch("v1/studies?limit=1", { headers: named() }).catch(() => null);
    if (answer?.ok) return onKnown();
    keepSecret(null);
    say(answer === null ? "The server does not answer." : "This token is none that is known here, or was revoked.");
  };
  return (
    <main className="entrance">
      <h1>Attune</h1>
      <p>
        This page is shown to whoever started its server. Open the address that the terminal says (it is good once;{" "}
        <code>attune ui</code> makes another), or give a token.
      </p>
      <form onSubmit={(event) => void enter(event)}>
        <label htmlFor="token">Token</label>
        <input id="token" name="token" type="password" autoComplete="off" required />
        <button type="submit">Show the studies</button>
      </form>
      <p role="status">{said}</p>
    </main>
  );
}

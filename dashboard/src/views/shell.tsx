import { Link, Outlet } from "@tanstack/react-router";
import { type ReactElement, useEffect, useState, useSyncExternalStore } from "react";
import { onUnknown } from "../client/call.ts";
import { feed } from "../client/revisions.ts";
import { ThemeChoice } from "../widgets/theme-choice.tsx";
import { Entrance } from "./entrance.tsx";

/** What stands around every view. */
export function Shell(): ReactElement {
  const [isKnown, setKnown] = useState(true);
  const isOpen = useSyncExternalStore(
    (told) => feed.onLine(told),
    () => feed.isOpen,
  );
  useEffect(() => onUnknown(setKnown), []);
  if (!isKnown) return <Entrance onKnown={() => location.reload()} />;
  return (
    <>
      <button type="button" className="skip" onClick={() => document.getElementById("main")?.focus()}>
        Skip to the content
      </button>
      <header className="top">
        <Link to="/" className="brand">
          Attune
        </Link>
        <nav aria-label="Attune">
          <Link to="/" activeOptions={{ exact: true }}>
            Studies
          </Link>
          <Link to="/compare" search={{ studies: [], axis: "trials" }} activeOptions={{ includeSearch: false }}>
            Compare
          </Link>
          <Link to="/new">New study</Link>
        </nav>
        {isOpen ? null : (
          <p className="offline" role="status">
            The server does not answer: what you see is as it was. A run goes on without it; <code>attune ui</code>{" "}
            opens this page anew.
          </p>
        )}
        <ThemeChoice />
      </header>
      <main id="main" tabIndex={-1}>
        <Outlet />
      </main>
    </>
  );
}

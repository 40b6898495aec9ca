import type { ReactElement, ReactNode } from "react";

/** Something that is wrong, in the server's own sentence. */
export function Problem({ error }: { readonly error: Error | null }): ReactElement | null {
  if (error === null) return null;
  return (
    <p className="problem" role="alert">
      {error.message}
    </p>
  );
}

/** What will appear here, and when. */
export function Empty({ children }: { readonly children: ReactNode }): ReactElement {
  return <p className="empty">{children}</p>;
}

import { useEffect } from "react";

/** Says in the tab which view it shows. */
export function useTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · Attune`;
  }, [title]);
}

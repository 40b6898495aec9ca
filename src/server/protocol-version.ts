/** Version of the protocol that servers speak: the operations, over HTTP (`/v1`) and over lines alike. */
export const PROTOCOL = 1;

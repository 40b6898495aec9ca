/** An answer that is JSON already, as bytes: large ones are written where they are made. */
export class Written {
  readonly json: Uint8Array<ArrayBuffer>;

  constructor(json: Uint8Array<ArrayBuffer>) {
    this.json = json;
  }

  /** Read, for who does not pass it on. */
  get value(): unknown {
    return JSON.parse(new TextDecoder().decode(this.json));
  }
}

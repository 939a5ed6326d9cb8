/** So many texts are kept; a dry run makes two for each table that changes. */
const CAPACITY = 400;

/** Texts that a command made and nothing could make again, such as the times of a dry run; they end with the window. */
export class KeptTexts {
  readonly #texts = new Map<string, string>();
  #last = 0;

  /** @returns what the text is known by from now on */
  keep(text: string): string {
    this.#last++;
    const id = String(this.#last);
    this.#texts.set(id, text);
    const [oldest] = this.#texts.keys();
    if (this.#texts.size > CAPACITY && oldest !== undefined) this.#texts.delete(oldest);
    return id;
  }

  get(id: string): string | undefined {
    return this.#texts.get(id);
  }
}

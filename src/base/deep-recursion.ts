/**
 * Recursion that keeps its answers, of any depth on a small stack: where it is too deep it is broken off, what was
 * needed there is found first, and then it begins again and meets that answer.
 */

/** Answers that are looked for inside each other; several frames of the stack each. */
const deepest = 150;

interface Search {
  readonly find: () => void;
  /** Takes away what was to be said meanwhile. */
  readonly forget: () => void;
}

class TooDeep extends Error {
  constructor(readonly search: Search) {
    super("broken off, to be begun again");
  }
}

export class DeepRecursion {
  private depth = 0;

  /** What is kept under `key`; if nothing is, `find` finds it, and whoever asks until then is told `meanwhile`. */
  answer<Key, Answer>(kept: Map<Key, Answer>, key: Key, meanwhile: Answer, find: () => Answer): Answer {
    const known = kept.get(key);
    if (known !== undefined) return known;
    const search: Search = {
      find: () => {
        kept.set(key, meanwhile);
        kept.set(key, find());
      },
      forget: () => {
        kept.delete(key);
      },
    };
    if (this.depth >= deepest) throw new TooDeep(search);
    if (this.depth === 0) this.searchAll(search);
    else this.searchInside(search);
    return kept.get(key) ?? meanwhile;
  }

  private searchInside(search: Search): void {
    this.depth++;
    try {
      search.find();
    } catch (error) {
      search.forget();
      throw error;
    } finally {
      this.depth--;
    }
  }

  /** Those that were broken off still say `meanwhile` while what they need is found: so circles end. */
  private searchAll(first: Search): void {
    const pending = [first];
    this.depth = 1;
    try {
      for (let last = pending.at(-1); last !== undefined; last = pending.at(-1)) {
        const deeper = this.tryOnce(last);
        if (deeper === null) pending.pop();
        else pending.push(deeper);
      }
    } finally {
      this.depth = 0;
      for (const search of pending) search.forget();
    }
  }

  private tryOnce(search: Search): Search | null {
    try {
      search.find();
      return null;
    } catch (error) {
      if (error instanceof TooDeep) return error.search;
      throw error;
    }
  }
}

/** The words by which a guard says how it came out: which grant, and which refuse or leave it open. */

/** A text, a member of an enum, or nothing at all beside them. */
export interface GuardWord {
  readonly value: string | number | null | undefined;
  /** It refuses, or leaves it open: not by it there is consent. */
  readonly isRefusal: boolean;
  /** It is known to grant. */
  readonly isGrant: boolean;
}

const refusing =
  /^(?:no|none|denied|den(?:y|ies)|refus\w*|reject\w*|declin\w*|revoked?|withdrawn?|missing|pending|(?:a|awa|wa)it\w*|request\w*|asked|deferred|expired|lapsed|absent|unknown|unset|invalid|fail\w*|error|blocked|forbidden|not\W?\w+|un\w+ed|disallow\w*)$/iu;
const granting =
  /^(?:yes|ok|okay|grant\w*|approv\w*|accept\w*|given|agree\w*|confirm\w*|consent\w*|allow\w*|permit\w*|authori[sz]ed|valid|success\w*)$/iu;

export function isRefusing(word: string): boolean {
  return refusing.test(word);
}

export function wordFor(value: string | number, word: string): GuardWord {
  const isRefusal = isRefusing(word);
  return { value, isRefusal, isGrant: !isRefusal && granting.test(word) };
}

/** All of them, each once; null: some are not known. */
export function wordsOfAll(found: readonly (readonly GuardWord[] | null)[]): readonly GuardWord[] | null {
  if (found.length === 0 || found.includes(null)) return null;
  const words = new Map<unknown, GuardWord>();
  for (const each of found.flatMap((some) => some ?? [])) words.set(each.value, each);
  return [...words.values()];
}

/** Some refuse and others do not; where none is known to refuse, those that are not known to grant do not grant. */
export function decidingWords(words: readonly GuardWord[] | null): readonly GuardWord[] {
  if (words === null || words.every(({ isRefusal }) => isRefusal)) return [];
  if (words.some(({ isRefusal }) => isRefusal)) return words;
  const isMixed = words.some(({ isGrant }) => isGrant) && !words.every(({ isGrant }) => isGrant);
  return isMixed ? words.map((each) => ({ ...each, isRefusal: !each.isGrant })) : [];
}

/** Words of look-ups: what compares for being equal, what asks for others, and where a request keeps its credentials. */

const otherwise =
  /^(?:not\w*|none|or|or[A-Z]\w*|some|any|ne|neq|nin|gte?|lte?|between|like|ilike|contains|whereNot\w*|isNot\w*|Not|LessThan\w*|MoreThan\w*|Like|ILike|Between|Raw|\$(?:ne|nin|not|or|nor|gte?|lte?|regex|where))$/u;
const beside =
  /^(?:data|update|set|create|select|include|with|columns|attributes|order(?:By)?|sort|relations|projection|returning|take|skip|limit|offset|cursor|fields|populate|cache|lock|distinct)$/u;

/** Under the name, or by the function of the name, others are asked for than the one. */
export function asksForOthers(name: string): boolean {
  return otherwise.test(name) || /^(?:NOT|OR)$/u.test(name);
}

/** What stands under the name says nothing about which rows come. */
export function isBesideRows(name: string): boolean {
  return beside.test(name);
}

/** A statement that may give rows of others, too. */
export function mayAskForOthers(text: string): boolean {
  return /<>|!=|\b(?:or|not|union|like|between)\b/iu.test(text);
}

/** `headers.get("authorization")`, `getCookie(c, "sid")`: what such a call reads is brought beside the request's content. */
export function readsCredentials(words: readonly string[]): boolean {
  return (
    words.some((word) => /cookie|header|^req(?:uest)?$/iu.test(word)) &&
    !words.some((word) => /search|query|params?$|form|body|json|^url$/iu.test(word))
  );
}

/** What a package or a function that the program does not have says of whoever asks. */
export function tellsWhoAsks(name: string): boolean {
  return (
    /auth|session|user|viewer|identity|principal|claims|account/iu.test(name) &&
    !/create|save|update|delete|insert|parse|find|load|fetch|search|list|by/iu.test(name)
  );
}

/** By which one person is known, and nobody else. */
export function isSelfName(name: string): boolean {
  return /^(?:_?id|sub|uid|uuid|guid|e?_?mail|user_?name|login|phone|handle|value)$/iu.test(name);
}

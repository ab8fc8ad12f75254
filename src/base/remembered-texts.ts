/** Tests of texts that are asked about the same few texts over and over. */

/** So many answers are kept: an editor runs for days. */
const most = 20_000;

/** The same test; what it said of a text is remembered. It must depend on nothing but the text. */
export function remembered(test: (text: string) => boolean): (text: string) => boolean {
  const known = new Map<string, boolean>();
  return (text) => {
    let answer = known.get(text);
    if (answer === undefined) {
      answer = test(text);
      if (known.size >= most) known.clear();
      known.set(text, answer);
    }
    return answer;
  };
}

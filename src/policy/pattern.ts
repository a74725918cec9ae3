export type Matches = (text: string) => boolean;

/** Compiles a pattern in which `*` stands for any text and `?` for any one character. */
export function compilePattern(pattern: string, { ignoreCase }: { readonly ignoreCase: boolean }): Matches {
  if (pattern === '*') return () => true;
  const wanted = ignoreCase ? pattern.toLowerCase() : pattern;
  const plain = !/[*?]/.test(wanted);
  return (text) => {
    const given = ignoreCase ? text.toLowerCase() : text;
    return plain ? given === wanted : matchWildcards(wanted, given);
  };
}

/** Goes back to the last `*` only, so that no pattern takes longer than pattern times text. */
function matchWildcards(pattern: string, text: string): boolean {
  let at = 0;
  let star = -1;
  let resume = 0;
  let place = 0;
  while (place < text.length) {
    if (pattern[at] === '*') {
      star = at++;
      resume = place;
    } else if (at < pattern.length && (pattern[at] === '?' || pattern[at] === text[place])) {
      at++;
      place++;
    } else if (star >= 0) {
      at = star + 1;
      place = ++resume;
    } else return false;
  }
  while (pattern[at] === '*') at++;
  return at === pattern.length;
}

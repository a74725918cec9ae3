/** UTF-8, everything but `A-Z a-z 0-9 - _ . ~` as `%XX` in upper case: what all signatures of requests rest on. */
export const percentEncode = (text: string): string =>
  encodeURIComponent(text.toWellFormed()).replace(
    /[!'()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );

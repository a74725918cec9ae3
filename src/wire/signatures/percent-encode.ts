const UNRESERVED = /^[A-Za-z0-9\-_.~]*$/;
const LEFT_OUT = /[!'()*]/g;

/** UTF-8, everything but `A-Z a-z 0-9 - _ . ~` as `%XX` in upper case: what all signatures of requests rest on. */
export function percentEncode(text: string): string {
  if (UNRESERVED.test(text)) return text;
  return encodeURIComponent(text.toWellFormed()).replace(
    LEFT_OUT,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
